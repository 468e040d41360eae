using Stepwell.Executor.FlowControl;
using Stepwell.Executor.Matching;
using Stepwell.Protocol.Ids;

namespace Stepwell.Executor.Operations;

/// <summary>Whether and when a run may start by the rates of its function: rate limit and idempotency drop, throttle puts off. Told twice, a run takes one place.</summary>
public sealed class LimitStarts(Gates gates, TimeProvider time)
{
    /// <summary>Whether the run may be at all.</summary>
    public async Task<bool> IsAllowedAsync(RegisteredFunction function, MatchInput input, RunId run, CancellationToken cancellationToken) =>
        await TakeAsync("rate", function.Settings.RateLimit, function, input, run, cancellationToken)
        && await TakeAsync("idempotency", function.Settings.Idempotency, function, input, run, cancellationToken);

    /// <summary>When the run starts; null: at once.</summary>
    public async Task<DateTimeOffset?> StartAtAsync(RegisteredFunction function, MatchInput input, RunId run, CancellationToken cancellationToken)
    {
        if (function.Settings.Throttle is not { } throttle)
            return null;

        return await gates.ChangeAsync<RateState, DateTimeOffset?>(GateKey.Of("throttle", function.Id, throttle.Key, input), GateJson.Default.RateState, known =>
        {
            if (RateState.Find(known, run.Value) is { } mine)
                return (known, mine.StartAt);

            var (next, start) = throttle.Reserve(known?.NextFree, time.GetUtcNow());
            return (RateState.After(known, next, new RateState.Place(run.Value, start)), start);
        }, cancellationToken);
    }

    private async Task<bool> TakeAsync(string name, RateLimit? limit, RegisteredFunction function, MatchInput input, RunId run, CancellationToken cancellationToken)
    {
        if (limit is null)
            return true;

        return await gates.ChangeAsync(GateKey.Of(name, function.Id, limit.Key, input), GateJson.Default.RateState, known =>
        {
            if (RateState.Find(known, run.Value) is not null)
                return (known, true);

            var now = time.GetUtcNow();
            return limit.Take(known?.NextFree, now) is { } next ? (RateState.After(known, next, new RateState.Place(run.Value, now)), true) : (known, false);
        }, cancellationToken);
    }
}
