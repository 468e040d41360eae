using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Stepwell.Executor.Runs;
using Stepwell.Protocol.Ids;
using Stepwell.Protocol.Json;

namespace Stepwell.Executor.Operations;

/// <summary>Work messages as the JSON text that travels in the queue.</summary>
public static class WorkMessageText
{
    private const int Version = 1;

    public static string Write(WorkMessage message) => JsonSerializer.Serialize(
        new Wire(Version, message.Id.Value, message.Run, message.Items, message.Fresh, message.Held),
        WorkMessageJson.Default.Wire);

    /// <summary>The message that names the runs which a process has started and works on.</summary>
    public static string WriteStarts(IReadOnlyList<RunId> runs) => JsonSerializer.Serialize(new StartsWire(Version, runs), WorkMessageJson.Default.StartsWire);

    /// <summary>Reads a message that names runs; false when it is none.</summary>
    public static bool TryReadStarts(string text, out ImmutableArray<RunId> runs)
    {
        runs = default;
        try
        {
            if (JsonSerializer.Deserialize(Encoding.UTF8.GetBytes(text), WorkMessageJson.Default.StartsWire) is { Version: Version, Starts: { } starts } && !starts.Contains(default))
                runs = [.. starts.Distinct()];
        }
        catch (JsonException)
        {
            // What is wrong with it says whoever reads it as a message of one run.
        }

        return !runs.IsDefault;
    }

    /// <summary>Reads a message; otherwise <paramref name="problem"/> says what is wrong with the text.</summary>
    public static bool TryRead(string text, out WorkMessage message, out string problem)
    {
        message = null!;
        problem = "";
        try
        {
            // As bytes: of a text with half a surrogate pair System.Text.Json says something else than that it is no JSON.
            if (JsonSerializer.Deserialize(Encoding.UTF8.GetBytes(text), WorkMessageJson.Default.Wire) is not { } wire)
                problem = "it is null";
            else if (wire.Version != Version)
                problem = $"its version is {wire.Version}, and this executor reads version {Version}";
            else if (string.IsNullOrEmpty(wire.Id) || wire.Items is not { Count: > 0 } || wire.Run == default)
                problem = "it lacks an id, a run or items";
            else
                message = new WorkMessage(new MessageId(wire.Id), wire.Run, [.. wire.Items], wire.Fresh, wire.Held);
        }
        catch (JsonException exception)
        {
            problem = $"it is not a work message in JSON: {JsonProblem.Of(exception).TrimEnd('.')}";
        }

        return message is not null;
    }

    internal sealed record StartsWire(
        [property: JsonPropertyName("v")] int Version,
        [property: JsonPropertyName("starts")] IReadOnlyList<RunId>? Starts);

    internal sealed record Wire(
        [property: JsonPropertyName("v")] int Version,
        [property: JsonPropertyName("id")] string Id,
        [property: JsonPropertyName("run")] RunId Run,
        [property: JsonPropertyName("items")] IReadOnlyList<StepKey>? Items,
        [property: JsonPropertyName("fresh"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool Fresh,
        [property: JsonPropertyName("held"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool Held);
}
