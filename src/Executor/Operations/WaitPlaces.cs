using System.Text.Json;
using Stepwell.Executor.Matching;
using Stepwell.Executor.Ports;
using Stepwell.Executor.Runs;
using Stepwell.Protocol.Ids;
using Stepwell.Protocol.Json;

namespace Stepwell.Executor.Operations;

/// <summary>
/// Where waits lie. A wait for an event whose condition fixes fields of it (<c>async.data.id == event.data.id</c>) lies where an event with these values looks,
/// so that it costs an event nothing how many others wait for its name.
/// </summary>
internal static class WaitPlaces
{
    private const string Event = "event/";
    private const string Signal = "signal/";

    // Of one name there is one wait for a signal, whoever waits.
    private const string SignalSlot = "signal";

    /// <summary>The wait of a step as it is stored; null for a wait that nothing has to find.</summary>
    public static StoredWait? Of(Run run, Step step) => step.State switch
    {
        StepState.Waiting { For: Wait.Event wait } => OfEvent(run, step.Key, wait.Name, wait.If),
        StepState.Waiting { For: Wait.Signal wait } => new StoredWait
        {
            Place = WaitPlace.Of(SignalTopic(wait.Name)),
            Slot = SignalSlot,
            Run = run.Id,
            Step = step.Key,
        },
        _ => null,
    };

    /// <summary>The waits of a run for the events that cancel it.</summary>
    public static IEnumerable<StoredWait> CancelsOf(Run run) => run.CancelOn.Select((cancel, at) =>
        OfEvent(run, StepKey.Cancellation, cancel.Event, cancel.If) with { Slot = $"{StoredWait.SlotOf(run.Id, StepKey.Cancellation)}-{at}" });

    public static string EventTopic(string name) => Event + name;

    public static string SignalTopic(string name) => Signal + name;

    /// <summary>Where an event looks for waits that are found by these fields; null when it lacks one of them, so that it matches none.</summary>
    public static WaitPlace? Of(string topic, string fields, JsonElement happened)
    {
        if (fields.Length == 0)
            return WaitPlace.Of(topic);

        var values = new List<RawJson>();
        foreach (var path in JsonSerializer.Deserialize(fields, WaitJson.Default.StringArrayArray)!)
        {
            if (!MatchEquality.TryValueAt(happened, [.. path], out var value))
                return null;

            values.Add(value);
        }

        return new WaitPlace(topic, fields, Text(values));
    }

    private static StoredWait OfEvent(Run run, StepKey step, string name, string? text)
    {
        var topic = EventTopic(name);
        var open = new StoredWait { Place = WaitPlace.Of(topic), Slot = StoredWait.SlotOf(run.Id, step), Run = run.Id, Step = step };
        if (string.IsNullOrEmpty(text) || !MatchExpression.TryParse(text, MatchVariables.EventAndAsync, out var condition, out _))
            return open;

        // now_plus() and its like count from the moment of the event, and so are never a fixed value.
        var input = MatchInput.OfEvent(run.Events[0], run.CreatedAt);
        var fixedTo = condition.Equalities(input).OrderBy(one => string.Join('.', one.Path), StringComparer.Ordinal).ThenBy(one => one.Value.ToString(), StringComparer.Ordinal).ToList();
        var place = fixedTo.Count == 0
            ? open.Place
            : new WaitPlace(topic, JsonSerializer.Serialize([.. fixedTo.Select(one => one.Path.ToArray())], WaitJson.Default.StringArrayArray), Text(fixedTo.Select(one => one.Value)));
        return condition.IsSaidByEqualities(input)
            ? open with { Place = place }
            : open with { Place = place, If = text, RunEvent = run.Events[0] };
    }

    private static string Text(IEnumerable<RawJson> values) => $"[{string.Join(',', values)}]";
}
