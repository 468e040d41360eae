using System.Collections.Immutable;
using Stepwell.Executor.Matching;
using Stepwell.Executor.Ports;
using Stepwell.Protocol.Ids;
using Stepwell.Protocol.Json;

namespace Stepwell.Executor.Operations;

/// <summary>Brings events to the runs that wait for them: durable when it returns.</summary>
public sealed class MatchWaits(IWaitStore waits, IRunStore runs, AskToLook ask, TimeProvider time)
{
    /// <param name="events">The events.</param>
    /// <param name="isStartedBy">Whether an event (its internal id) started a run: it neither ends a wait of that run nor cancels it.</param>
    /// <param name="cancellationToken">Ends the attempt; what was matched stays matched.</param>
    public Task RunAsync(ImmutableArray<IncomingEvent> events, Func<string, RunId, bool> isStartedBy, CancellationToken cancellationToken) =>
        SideBySide.ForEachAsync(events.GroupBy(happened => happened.Name), named => MatchAsync(named, isStartedBy, cancellationToken), cancellationToken);

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
        if (await waits.CatchAsync(wait, what, cancellationToken) is not { } left || (wait.Caught is not null && await IsOverAsync(left, cancellationToken)))
            return false;

        await ask.AskAsync(wait.Run, wait.Step, id, cancellationToken);
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
            await SideBySide.ForEachAsync(
                found.SelectMany(one => one).Where(wait => !isStartedBy(happened.InternalId, wait.Run) && Holds(wait, happened, now)),
                wait => LeaveAsync(wait, happened.Json, happened.InternalId, cancellationToken),
                cancellationToken);
        }
    }

    /// <summary>Removes a wait that something was left with earlier, if its run is done with it: whoever was to remove it has died before.</summary>
    private async Task<bool> IsOverAsync(StoredWait wait, CancellationToken cancellationToken)
    {
        // A run that is not there may still be about to be created.
        if (await runs.ReadAsync(wait.Run, cancellationToken) is not ReadRunOutcome.Found { Run: var run })
            return false;

        if (run.IsLive && !(run.Steps.TryGetValue(wait.Step, out var step) && !step.IsPending))
            return false;

        await waits.RemoveAsync(wait, cancellationToken);
        return true;
    }

    private static bool Holds(StoredWait wait, IncomingEvent happened, DateTimeOffset now) =>
        wait.If is not { } text
        || (MatchExpression.TryParse(text, MatchVariables.EventAndAsync, out var condition, out _) && condition.IsTrue(MatchInput.OfWait(wait.RunEvent, happened.Json, now)));
}
