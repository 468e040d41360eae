using Stepwell.Executor.FlowControl;
using Stepwell.Executor.Matching;
using Stepwell.Executor.Ports;
using Stepwell.Executor.Runs;
using Stepwell.Protocol.Ids;

namespace Stepwell.Executor.Operations;

/// <summary>
/// What an event means for a function that it triggers, by the function's settings, in this order: it is skipped while the function is paused; it joins a batch; it is dropped by the rate limit or the idempotency
/// key; it joins a debounced run; it is skipped beside another run; it starts a run, at once or when the throttle lets it.
/// </summary>
public sealed class StartFunction(StartRun start, LimitStarts limits, Gates gates, IRunStore runs, Func<ApplyFact> apply, TimeProvider time)
{
    private const string Paused = "its function is paused";
    private const string RateLimited = "its function's rate limit was reached";

    // Whoever was to create the run that holds the place has died, if it is not there by then.
    private static readonly TimeSpan s_creation = TimeSpan.FromMinutes(1);

    /// <summary>Returns the run that the event starts or joins; null when it starts none.</summary>
    /// <param name="happened">The event.</param>
    /// <param name="function">A function that it triggers.</param>
    /// <param name="cancellationToken">Ends the attempt; told again, the event comes to the same.</param>
    /// <param name="notBefore">When a run that nothing else puts off starts; null: at once.</param>
    public async Task<NewRun?> RunAsync(IncomingEvent happened, RegisteredFunction function, CancellationToken cancellationToken, DateTimeOffset? notBefore = null)
    {
        if (function.IsPaused)
            return await start.CreateAsync(happened, function, Terms(function) with { SkipReason = Paused }, cancellationToken);

        if (!function.Settings.GuardsStarts)
            return await start.CreateAsync(happened, function, Terms(function) with { StartAt = notBefore }, cancellationToken);

        var input = MatchInput.OfEvent(happened.Json, time.GetUtcNow());
        if (function.Settings.Batch is { } batch && (batch.If is null || batch.If.IsTrue(input)))
            return await JoinBatchAsync(batch, happened, function, input, cancellationToken);

        var run = RunIds.Of(happened.Id, function.Id, 0);
        if (!await limits.IsAllowedAsync(function, input, run, cancellationToken))
            return null;

        if (function.Settings.Debounce is { } debounce)
            return await JoinDebouncedAsync(debounce, happened, function, input, cancellationToken);

        var terms = await AdmitAsync(run, function, input, cancellationToken);
        return await start.CreateAsync(happened, function, terms with { StartAt = terms.StartAt ?? notBefore }, cancellationToken);
    }

    /// <summary>Creates the child run of a step. One that may not start is skipped, and says so to the step.</summary>
    public async Task<NewRun> InvokeAsync(IncomingEvent happened, RegisteredFunction function, CancellationToken cancellationToken)
    {
        if (function.IsPaused)
            return await start.CreateOnceAsync(happened, function, Terms(function) with { SkipReason = Paused }, cancellationToken);

        if (!function.Settings.GuardsStarts)
            return await start.CreateOnceAsync(happened, function, Terms(function), cancellationToken);

        var input = MatchInput.OfEvent(happened.Json, time.GetUtcNow());
        var run = RunIds.Of(happened.Id, function.Id, 0);
        var terms = await limits.IsAllowedAsync(function, input, run, cancellationToken)
            ? await AdmitAsync(run, function, input, cancellationToken)
            : Terms(function) with { SkipReason = RateLimited };
        return await start.CreateOnceAsync(happened, function, terms, cancellationToken);
    }

    private async Task<StartTerms> AdmitAsync(RunId run, RegisteredFunction function, MatchInput input, CancellationToken cancellationToken)
    {
        if (function.Settings.Singleton is { } singleton && singleton.KeyOf(input) is { } key && await SkipReasonAsync(singleton, GateKey.Of("singleton", function.Id.Value, key), run, cancellationToken) is { } reason)
            return Terms(function) with { SkipReason = reason };

        return Terms(function) with { StartAt = await limits.StartAtAsync(function, input, run, cancellationToken) };
    }

    private StartTerms Terms(RegisteredFunction function)
    {
        var settings = function.Settings;
        if (settings.Timeouts == Timeouts.None && settings.CancelOn.IsEmpty)
            return StartTerms.AtOnce;

        var now = time.GetUtcNow();
        return new StartTerms
        {
            StartWithin = settings.Timeouts.Start,
            FinishWithin = settings.Timeouts.Finish,
            CancelOn = [.. settings.CancelOn.Select(cancel => new CancelWait(cancel.Event, cancel.If, now + (cancel.Timeout ?? TimeSpan.FromDays(365))))],
        };
    }

    /// <summary>Takes the one place of a singleton. Returns why the run is skipped; null when it has the place.</summary>
    private async Task<string?> SkipReasonAsync(Singleton singleton, GateKey gate, RunId run, CancellationToken cancellationToken)
    {
        while (true)
        {
            var holder = await gates.ReadAsync(gate, GateJson.Default.PlaceState, cancellationToken);
            if (holder is { } place && place.Run != run.Value && await IsLiveAsync(place, cancellationToken))
            {
                if (singleton.Mode == SingletonMode.Skip)
                    return $"run {place.Run} of its singleton function is live";

                await apply().ToAsync(RunId.Parse(place.Run), new Fact.CancelAsked($"run {run} of its singleton function took its place") { By = Handling.Outside }, cancellationToken);
            }

            // Taken only from the holder that was looked at.
            var mine = await gates.ChangeAsync(
                gate,
                GateJson.Default.PlaceState,
                state => state == holder || state?.Run == run.Value ? (new PlaceState(run.Value, time.GetUtcNow()), true) : (state, false),
                cancellationToken);
            if (mine)
                return null;
        }
    }

    private async Task<bool> IsLiveAsync(PlaceState place, CancellationToken cancellationToken) => await runs.ReadAsync(RunId.Parse(place.Run), cancellationToken) is ReadRunOutcome.Found found
        ? found.Run.IsLive
        : place.At + s_creation > time.GetUtcNow();

    private Task<NewRun> JoinDebouncedAsync(Debounce rule, IncomingEvent happened, RegisteredFunction function, MatchInput input, CancellationToken cancellationToken) => JoinAsync(
        GateKey.Of("debounce", function.Id, rule.Key, input), happened, function, time.GetUtcNow() + rule.Period, new Fact.Debounced(happened.Json, rule) { By = Handling.Outside }, cancellationToken);

    private Task<NewRun> JoinBatchAsync(Batch rule, IncomingEvent happened, RegisteredFunction function, MatchInput input, CancellationToken cancellationToken) => JoinAsync(
        GateKey.Of("batch", function.Id, rule.Key, input), happened, function, time.GetUtcNow() + rule.Timeout, new Fact.Batched(happened.Json, rule) { By = Handling.Outside }, cancellationToken);

    /// <summary>Lets an event join the run of its key that has not begun; when there is none, it begins the next.</summary>
    private async Task<NewRun> JoinAsync(GateKey gate, IncomingEvent happened, RegisteredFunction function, DateTimeOffset dueAt, Fact join, CancellationToken cancellationToken)
    {
        while (true)
        {
            var round = await gates.ReadAsync(gate, GateJson.Default.Int64, cancellationToken);
            var id = RunIds.Of($"{gate}:{round}", function.Id, 0);
            if (await apply().ToAsync(id, join, cancellationToken) is { } joined)
            {
                if (JoiningEvents.Has(joined, happened.Json) || JoiningEvents.IsOpen(joined, time.GetUtcNow()))
                {
                    // Told again, the event that began a batch sets it going once more: whoever created it may have died before.
                    var begins = join is Fact.Batched && JoiningEvents.Begins(joined, happened.Json);
                    return new NewRun(id, function.Id, IsNew: false, Starts: begins && joined.StartedAt is null, joined.Discovery?.Due);
                }

                await gates.ChangeAsync(gate, GateJson.Default.Int64, state => (state == round ? round + 1 : state, true), cancellationToken);
                continue;
            }

            if (await start.CreateAsync(id, happened, function, Terms(function) with { StartAt = dueAt }, cancellationToken) is { IsNew: true } created)
                return created;
        }
    }
}
