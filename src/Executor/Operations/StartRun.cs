using Stepwell.Executor.Ports;
using Stepwell.Executor.Runs;
using Stepwell.Protocol;
using Stepwell.Protocol.Ids;

namespace Stepwell.Executor.Operations;

/// <summary>Makes the run that an event starts durable; <see cref="SendAsync"/> then sets it going.</summary>
public sealed class StartRun(IRunStore runs, ILiveIndex live, WorkSender sender, TimeProvider time, EngineOptions options)
{
    /// <summary>
    /// Creates the run of an event and a function. One that exists and is younger than 24 hours is that run; an older one has the event count as another.
    /// </summary>
    public Task<NewRun> CreateAsync(IncomingEvent happened, RegisteredFunction function, CancellationToken cancellationToken) =>
        CreateAsync(happened, function, ProtocolLimits.EventIdempotency, cancellationToken);

    /// <summary>Creates the run of an event that is always the same one, however late the event is told again.</summary>
    public Task<NewRun> CreateOnceAsync(IncomingEvent happened, RegisteredFunction function, CancellationToken cancellationToken) =>
        CreateAsync(happened, function, TimeSpan.MaxValue, cancellationToken);

    /// <summary>Sends the message that sets a run going. Of a run that existed, the message may have been lost with the request that made it: it gets another hint.</summary>
    public Task SendAsync(NewRun run, CancellationToken cancellationToken) => run.IsNew
        ? sender.SendStartAsync(run.Id, cancellationToken)
        : sender.SendAsync(run.Id, new Hint(MessageId.Start, [StepKey.Discovery], time.GetUtcNow()), cancellationToken);

    private async Task<NewRun> CreateAsync(IncomingEvent happened, RegisteredFunction function, TimeSpan idempotency, CancellationToken cancellationToken)
    {
        for (var number = 0; ; number++)
        {
            var now = time.GetUtcNow();
            var run = Starting.Create(
                RunIds.Of(happened.Id, function.Id, number), function.Id, happened.InternalId, [happened.Json], function.MaxAttempts, now, options.ClaimLength);
            var entry = new LiveEntry(run.Id, run.CheckAt);
            // First its row in the index, so that no run is ever without one; a row without a run is removed by the sweep.
            await live.AddAsync([entry], cancellationToken);
            var outcome = await runs.CreateAsync(run, cancellationToken);
            if (time.GetUtcNow() + Sweeping.Grace >= run.CheckAt)
                await live.AddAsync([entry], cancellationToken);

            if (outcome is not CreateRunOutcome.Exists exists)
                return new NewRun(run.Id, function.Id, IsNew: true);

            if (now - exists.CreatedAt < idempotency)
                return new NewRun(run.Id, function.Id, IsNew: false);
        }
    }
}
