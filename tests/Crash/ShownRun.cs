using System.Text.Json;

namespace Stepwell.Crash.Tests;

/// <summary>A run as the API shows it.</summary>
internal sealed record ShownRun(string Id, string Function, string Status, DateTimeOffset? EndedAt, JsonElement Output)
{
    public bool HasEnded => Status is "Completed" or "Failed" or "Cancelled" or "Skipped";

    public static ShownRun Read(JsonElement run) => new(
        run.GetProperty("run_id").GetString()!,
        run.GetProperty("function_id").GetString()!,
        run.GetProperty("status").GetString()!,
        run.GetProperty("ended_at") is { ValueKind: JsonValueKind.String } at ? at.GetDateTimeOffset() : null,
        run.GetProperty("output").Clone());

    public override string ToString() => $"{Function} {Id} is {Status}: {(Output.GetRawText() is { Length: > 400 } text ? text[..400] : Output.GetRawText())}";
}
