using Stepwell.Executor.Ports;
using Stepwell.Executor.Runs;
using Stepwell.Protocol;
using Stepwell.Protocol.Ids;

namespace Stepwell.Executor.Operations;

/// <summary>Makes runs durable; <see cref="SendAsync"/> then sets them going.</summary>
public sealed class StartRun(IRunStore runs, ILiveIndex live, KeepWaits waits, WorkSender sender, TimeProvider time, EngineOptions options)
{
    /// <summary>
    /// Creates the run of an event and a function. One that exists and is younger than 24 hours is that run; an older one has the event count as another.
    /// </summary>
    public async Task<NewRun> CreateAsync(IncomingEvent happened, RegisteredFunction function, StartTerms terms, CancellationToken cancellationToken)
    {
        for (var number = 0; ; number++)
        {
            var (run, age) = await CreateAgedAsync(RunIds.Of(happened.Id, function.Id, number), happened, function, terms, cancellationToken);
            if (age < ProtocolLimits.EventIdempotency)
                return run;
        }
    }

    /// <summary>Creates the run of an event that is always the same one, however late the event is told again.</summary>
    public Task<NewRun> CreateOnceAsync(IncomingEvent happened, RegisteredFunction function, StartTerms terms, CancellationToken cancellationToken) =>
        CreateAsync(RunIds.Of(happened.Id, function.Id, 0), happened, function, terms, cancellationToken);

    /// <summary>Creates a run of that id, unless there is one.</summary>
    public async Task<NewRun> CreateAsync(RunId id, IncomingEvent happened, RegisteredFunction function, StartTerms terms, CancellationToken cancellationToken) =>
        (await CreateAgedAsync(id, happened, function, terms, cancellationToken)).Run;

    /// <summary>Sends the messages that set a run going. Of a run that existed, they may have been lost with the request that made it: it gets another hint.</summary>
    public async Task SendAsync(NewRun run, CancellationToken cancellationToken)
    {
        if (!run.Starts)
            return;

        if (run.StartAt is { } later)
            await sender.SendAsync(run.Id, new Hint(MessageId.Start, [StepKey.Discovery], later), cancellationToken);
        else if (run.Known is { } known)
            await sender.SendStartAsync(known, cancellationToken);
        else
            await sender.SendAsync(run.Id, new Hint(MessageId.Start, [StepKey.Discovery], time.GetUtcNow()), cancellationToken);
    }

    private async Task<(NewRun Run, TimeSpan Age)> CreateAgedAsync(RunId id, IncomingEvent happened, RegisteredFunction function, StartTerms terms, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var run = Starting.Create(id, function.Id, happened.InternalId, [happened.Json], function.MaxAttempts, now, options.ClaimLength, terms);
        var entry = new LiveEntry(run.Id, run.CheckAt);
        // First its row in the index, so that no run is ever without one; a row without a run is removed by the sweep.
        if (run.IsLive)
            await live.AddAsync([entry], cancellationToken);

        // An event that cancels it must find it from its first moment on.
        foreach (var cancel in WaitPlaces.CancelsOf(run))
            await waits.AddAsync(cancel, cancellationToken);

        var outcome = await runs.CreateAsync(run, cancellationToken);
        if (run.IsLive && time.GetUtcNow() + Sweeping.Grace >= run.CheckAt)
            await live.AddAsync([entry], cancellationToken);

        var known = outcome is CreateRunOutcome.Created created ? new ReadRunOutcome.Found(run, created.Version) : null;
        if (known is not null && run.IsLive && Deadlines.HintOf(run) is { } deadline)
            await sender.SendAsync(run.Id, deadline, cancellationToken);

        return (
            new NewRun(run.Id, function.Id, known is not null, run.IsLive, run.Discovery is { } first && first.Due > now ? first.Due : null, known),
            outcome is CreateRunOutcome.Exists exists ? now - exists.CreatedAt : TimeSpan.Zero);
    }
}
