using System.Collections.Concurrent;
using System.Collections.Immutable;
using Stepwell.Executor.Ports;

namespace Stepwell.Executor.Operations;

/// <summary>Makes events, and the starts of all functions that they trigger, durable, and brings them to the runs that wait for them: all that is done when it returns.</summary>
public sealed class StartTriggered(IEventStore events, StartFunction function, StartRun start, MatchWaits waits, TimeProvider time)
{
    // Enough to hide the latency of storage, not so many that one request takes all connections.
    private const int Parallelism = 16;

    public async Task RunAsync(ImmutableArray<IncomingEvent> accepted, AppSnapshot apps, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var starts = accepted.SelectMany(happened => apps.TriggeredBy(happened, now).Select(function => (happened, function))).ToList();
        var runs = new ConcurrentDictionary<(string Event, string Function), NewRun>();
        await ForEachAsync(starts, async (one, cancel) =>
        {
            if (await function.RunAsync(one.happened, one.function, cancel) is { } run)
                runs[(one.happened.InternalId, one.function.Id.Value)] = run;
        }, cancellationToken);

        var started = starts.Where(one => runs.ContainsKey((one.happened.InternalId, one.function.Id.Value)))
            .ToLookup(one => one.happened.InternalId, one => runs[(one.happened.InternalId, one.function.Id.Value)]);
        await events.AddAsync([.. accepted.Select(Store)], cancellationToken);
        await ForEachAsync(runs.Values, async (run, cancel) => await start.SendAsync(run, cancel), cancellationToken);
        await waits.RunAsync(accepted, (happened, run) => started[happened].Any(one => one.Id == run), cancellationToken);

        StoredEvent Store(IncomingEvent happened) => new(
            happened.InternalId,
            happened.Id,
            happened.Name,
            Ulid.Parse(happened.InternalId).Time,
            happened.Json,
            [.. started[happened.InternalId].Select(run => new StartedRun(run.Id, run.Function))]);
    }

    private static Task ForEachAsync<T>(IEnumerable<T> items, Func<T, CancellationToken, ValueTask> body, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(items, new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancellationToken }, body);
}
