using System.Collections.Concurrent;
using System.Collections.Immutable;
using Stepwell.Executor.Matching;
using Stepwell.Executor.Ports;
using Stepwell.Executor.Runs;
using Stepwell.Protocol.Ids;
using Stepwell.Protocol.Json;

namespace Stepwell.Executor.Operations;

/// <summary>Brings events to the runs that wait for them: durable when it returns.</summary>
public sealed class MatchWaits(IWaitStore waits, WorkSender sender, TimeProvider time, EngineOptions options)
{
    // Enough to hide the latency of storage, not so many that one request takes all connections.
    private const int Parallelism = 16;

    private readonly ConcurrentDictionary<string, DateTimeOffset> _unawaited = new(StringComparer.Ordinal);

    /// <param name="events">The events.</param>
    /// <param name="isStartedBy">Whether an event (its internal id) started a run: it neither ends a wait of that run nor cancels it.</param>
    /// <param name="cancellationToken">Ends the attempt; what was matched stays matched.</param>
    public async Task RunAsync(ImmutableArray<IncomingEvent> events, Func<string, RunId, bool> isStartedBy, CancellationToken cancellationToken)
    {
        foreach (var some in events.GroupBy(happened => happened.Name).Chunk(Parallelism))
            await Task.WhenAll(some.Select(named => MatchAsync(named, isStartedBy, cancellationToken)));
    }

    /// <summary>
    /// Whether any run waits, or has ever waited, for events of this name, of the executor's own making. That nobody does is remembered as long as the registered apps
    /// are: every end of a run asks. The first wait ever for such a name is known here at once, and in other processes after that time.
    /// </summary>
    public async Task<bool> IsAwaitedAsync(string name, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (_unawaited.TryGetValue(name, out var at) && now - at < options.DirectoryAge)
            return false;

        _unawaited[name] = now;
        if ((await waits.FieldsAsync(WaitPlaces.EventTopic(name), cancellationToken)).IsEmpty)
            return false;

        _unawaited.TryRemove(name, out _);
        return true;
    }

    /// <summary>Somebody waits for events of this name from now on.</summary>
    public void Expect(string name) => _unawaited.TryRemove(name, out _);

    /// <summary>
    /// Leaves something with a wait and has its run look. Of a wait that something was left with before, the run looks once more: it may not know. False when the
    /// wait is over.
    /// </summary>
    /// <param name="wait">The wait.</param>
    /// <param name="what">What the run is to get.</param>
    /// <param name="id">Names what came.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public async Task<bool> LeaveAsync(StoredWait wait, RawJson what, string id, CancellationToken cancellationToken)
    {
        if (await waits.CatchAsync(wait, what, cancellationToken) is null)
            return false;

        await sender.SendAsync(wait.Run, new Hint(MessageId.Arrival(id), [wait.Step], time.GetUtcNow()), cancellationToken);
        return true;
    }

    private async Task MatchAsync(IGrouping<string, IncomingEvent> named, Func<string, RunId, bool> isStartedBy, CancellationToken cancellationToken)
    {
        var topic = WaitPlaces.EventTopic(named.Key);
        var fields = await waits.FieldsAsync(topic, cancellationToken);
        if (fields.IsEmpty)
            return;

        // One after the other, so that of two events for one wait the first is kept.
        foreach (var happened in named)
        {
            var json = MatchInput.Read(happened.Json);
            var places = fields.Select(one => WaitPlaces.Of(topic, one, json)).OfType<WaitPlace>().ToList();
            var found = await Task.WhenAll(places.Select(place => waits.FindAsync(place, cancellationToken)));
            var now = time.GetUtcNow();
            foreach (var some in found.SelectMany(one => one).Where(wait => !isStartedBy(happened.InternalId, wait.Run) && Holds(wait, happened, now)).Chunk(Parallelism))
                await Task.WhenAll(some.Select(wait => LeaveAsync(wait, happened.Json, happened.InternalId, cancellationToken)));
        }
    }

    private static bool Holds(StoredWait wait, IncomingEvent happened, DateTimeOffset now) =>
        wait.If is not { } text
        || (MatchExpression.TryParse(text, MatchVariables.EventAndAsync, out var condition, out _) && condition.IsTrue(MatchInput.OfWait(wait.RunEvent, happened.Json, now)));
}
