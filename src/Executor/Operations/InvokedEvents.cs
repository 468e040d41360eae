using System.Text;
using System.Text.Json;
using Stepwell.Executor.Runs;
using Stepwell.Protocol.Ids;
using Stepwell.Protocol.Json;

namespace Stepwell.Executor.Operations;

/// <summary>The event that an invoked function is started with, and what it says about who waits for its end.</summary>
internal static class InvokedEvents
{
    public const string Name = "inngest/function.invoked";

    private const string Reserved = "_inngest";

    /// <summary>Names the step that waits.</summary>
    public static string CorrelationOf(RunId run, StepKey step) => $"{run}.{step}";

    /// <summary>The event for the child of a step that waits for one; null when the step's payload cannot be an event.</summary>
    public static IncomingEvent? Of(Run parent, Step step)
    {
        var waiting = (StepState.Waiting)step.State;
        var correlation = CorrelationOf(parent.Id, step.Key);
        var internalId = DerivedIds.UlidOf(correlation, step.CreatedAt);
        var text = new StringBuilder("{");
        using var opts = step.Opts.Parse();
        var payload = Member(opts.RootElement, "payload");
        if (payload.ValueKind is not (JsonValueKind.Object or JsonValueKind.Undefined or JsonValueKind.Null))
            return null;

        var data = Member(payload, "data");
        if (data.ValueKind is not (JsonValueKind.Object or JsonValueKind.Undefined or JsonValueKind.Null))
            return null;

        text.Append("\"data\":{\"").Append(Reserved).Append("\":{\"correlation_id\":\"").Append(correlation)
            .Append("\",\"expire\":").Append(waiting.Until.ToUnixTimeMilliseconds())
            .Append(",\"fn_id\":").Append(Quoted(((Wait.Child)waiting.For).Function.Value))
            .Append(",\"name\":").Append(Quoted(step.Name))
            .Append(",\"source_fn_id\":").Append(Quoted(parent.Function.Value)).Append('}');
        if (data.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in data.EnumerateObject().Where(member => LenientText.NameOf(member) != Reserved))
                text.Append(',').Append(member);
        }

        text.Append("},\"id\":\"").Append(internalId).Append("\",\"name\":\"").Append(Name).Append("\",\"ts\":").Append(step.CreatedAt.ToUnixTimeMilliseconds());
        Append(text, payload, "user", JsonValueKind.Object, "{}");
        Append(text, payload, "v", JsonValueKind.String, null);
        text.Append('}');
        try
        {
            return new IncomingEvent(internalId, correlation, Name, CanonicalJson.Canonicalize(Encoding.UTF8.GetBytes(text.ToString())));
        }
        catch (JsonException)
        {
            // It nests deeper inside an event than an event may.
            return null;
        }
    }

    /// <summary>The step that waits for the end of a run that was started with this event; null when none does.</summary>
    public static (RunId Run, StepKey Step)? WaiterOf(RawJson happened)
    {
        using var document = happened.Parse();
        var root = document.RootElement;
        if (Member(root, "name") is not { ValueKind: JsonValueKind.String } name || !name.ValueEquals(Name))
            return null;

        var correlation = Member(Member(Member(root, "data"), Reserved), "correlation_id");
        return correlation.ValueKind == JsonValueKind.String
            && correlation.GetString()!.Split('.', 2) is [var run, var step]
            && RunId.TryParse(run, out var id)
            && StepKey.TryParse(step, out var key)
            ? (id, key)
            : null;
    }

    private static void Append(StringBuilder text, JsonElement payload, string name, JsonValueKind kind, string? otherwise)
    {
        var value = Member(payload, name);
        if (value.ValueKind == kind || otherwise is not null)
            text.Append(",\"").Append(name).Append("\":").Append(value.ValueKind == kind ? value.GetRawText() : otherwise);
    }

    private static JsonElement Member(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object ? LenientText.Member(json, name) ?? default : default;

    private static string Quoted(string text) => $"\"{JsonEncodedText.Encode(text)}\"";
}
