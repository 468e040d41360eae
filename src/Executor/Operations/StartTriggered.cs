using System.Collections.Immutable;
using Stepwell.Executor.Ports;

namespace Stepwell.Executor.Operations;

/// <summary>Makes events, and the starts of all functions that they trigger, durable, and brings them to the runs that wait for them: all that is done when it returns.</summary>
public sealed class StartTriggered(IEventStore events, StartFunction function, StartRun start, MatchWaits waits, TimeProvider time)
{
    public async Task RunAsync(ImmutableArray<IncomingEvent> accepted, AppSnapshot apps, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var starts = accepted.SelectMany(happened => apps.TriggeredBy(happened, now).Select(function => (happened, function))).ToList();
        var runs = new NewRun?[starts.Count];
        await SideBySide.ForEachAsync(
            Enumerable.Range(0, starts.Count),
            async at => runs[at] = await function.RunAsync(starts[at].happened, starts[at].function, cancellationToken),
            cancellationToken);

        var started = starts.Zip(runs).Where(one => one.Second is not null).ToLookup(one => one.First.happened.InternalId, one => one.Second!);
        await Task.WhenAll(
            events.AddAsync([.. accepted.Select(Store)], cancellationToken),
            SideBySide.ForEachAsync(runs.OfType<NewRun>(), run => start.SendAsync(run, cancellationToken), cancellationToken));
        await waits.RunAsync(accepted, (happened, run) => started[happened].Any(one => one.Id == run), cancellationToken);

        StoredEvent Store(IncomingEvent happened) => new(
            happened.InternalId,
            happened.Id,
            happened.Name,
            Ulid.Parse(happened.InternalId).Time,
            happened.Json,
            [.. started[happened.InternalId].Select(run => new StartedRun(run.Id, run.Function))]);
    }
}
