using System.Text.Json;

namespace Stepwell.EndToEnd.Tests.Sample;

/// <summary>A run as the reading API shows it.</summary>
public sealed class SampleRun(JsonElement data)
{
    public string Id => data.GetProperty("run_id").GetString()!;

    public string Status => data.GetProperty("status").GetString()!;

    public bool Ended => Status is "Completed" or "Failed" or "Cancelled" or "Skipped";

    public DateTimeOffset EndedAt => data.GetProperty("ended_at").GetDateTimeOffset();

    public JsonElement Output => data.GetProperty("output");

    public IReadOnlyList<JsonElement> Steps => [.. data.GetProperty("steps").EnumerateArray()];

    public IReadOnlyList<JsonElement> CompletedSteps => [.. Steps.Where(step => step.GetProperty("status").GetString() == "Completed")];

    public override string ToString() => data.GetRawText();
}
