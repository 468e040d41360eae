using System.Text.Json;
using System.Text.Json.Serialization;

namespace Stepwell.Samples.WaitingList.Watch;

/// <summary>What the executor's reading API answers, as far as it is shown.</summary>
public static class Answers
{
    public sealed record Envelope<T>(T Data);

    public sealed record Dev(Function[] Functions);

    public sealed record Function(string Id, string Url);

    public sealed record Sent(string[] Ids);

    public sealed record Run(
        string RunId, string Status, DateTimeOffset? RunStartedAt, DateTimeOffset? EndedAt, JsonElement Output, Step[]? Steps)
    {
        [JsonIgnore]
        public bool Ended => Status is "Completed" or "Failed" or "Cancelled" or "Skipped";
    }

    public sealed record Step(string Id, string? Name, string Status, DateTimeOffset? DueAt, Attempt[]? Attempts, JsonElement Output);

    public sealed record Attempt(
        [property: JsonPropertyName("attempt")] int Number, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt, JsonElement Error);
}
