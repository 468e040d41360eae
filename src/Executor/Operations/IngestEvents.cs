using System.Collections.Concurrent;
using System.Collections.Immutable;
using Stepwell.Executor.Ports;
using Stepwell.Protocol.Events;

namespace Stepwell.Executor.Operations;

/// <summary>Accepts events: when it returns, they and the starts of all functions that they trigger are durable.</summary>
public sealed class IngestEvents(AppDirectory directory, IEventStore events, StartRun start, TimeProvider time)
{
    // Enough to hide the latency of storage, not so many that one request takes all connections.
    private const int Parallelism = 16;

    /// <summary>Returns the internal ids in the order of the events.</summary>
    /// <param name="body">One event or an array.</param>
    /// <param name="seed">The header <c>x-inngest-event-id-seed</c>: a request repeated with the same seed gives the same ids and so the same runs.</param>
    /// <param name="cancellationToken">Ends the attempt; the sender then repeats it.</param>
    /// <exception cref="RefusedException">Something is wrong with an event; none was accepted.</exception>
    public async Task<ImmutableArray<string>> IngestAsync(ReadOnlyMemory<byte> body, string? seed, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var ids = EventIdSeed.TryParse(seed, out var given) ? given : EventIdSeed.Create(time);
        var accepted = EventReading.Read(body, ids.IdOf, now);
        if (accepted.IsEmpty)
            return [];

        var apps = await directory.CurrentAsync(cancellationToken);
        var starts = accepted.SelectMany(happened => apps.TriggeredBy(happened.Name).Select(function => (happened, function))).ToList();
        var runs = new ConcurrentDictionary<(string Event, string Function), NewRun>();
        await ForEachAsync(starts, async (one, cancel) =>
            runs[(one.happened.InternalId, one.function.Id.Value)] = await start.CreateAsync(one.happened, one.function, cancel), cancellationToken);

        var started = starts.ToLookup(one => one.happened.InternalId, one => runs[(one.happened.InternalId, one.function.Id.Value)]);
        await events.AddAsync([.. accepted.Select(Store)], cancellationToken);
        await ForEachAsync(runs.Values, async (run, cancel) => await start.SendAsync(run, cancel), cancellationToken);
        return [.. accepted.Select(happened => happened.InternalId)];

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
