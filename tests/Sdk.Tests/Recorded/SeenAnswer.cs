using System.Text.Json.Nodes;
using Stepwell.Protocol;

namespace Stepwell.Sdk.Tests.Recorded;

/// <summary>What an executor sees of an answer: without times, stacks, and the names of the SDK and its framework.</summary>
internal sealed record SeenAnswer(int Status, IReadOnlyDictionary<string, string?> Headers, JsonNode? Body)
{
    private static readonly string[] s_headers =
    [
        ProtocolHeaders.RequestVersion, ProtocolHeaders.NoRetry, ProtocolHeaders.RetryAfter, ProtocolHeaders.SyncKind, ProtocolHeaders.ExpectedServerKind,
        ProtocolHeaders.SdkHandled,
    ];

    private static readonly string[] s_unseen = ["timing", "stack", "__serialized"];

    public static SeenAnswer Of(int status, Func<string, string?> header, string body) =>
        new(status, s_headers.ToDictionary(name => name, header), body.Length == 0 ? null : Seen(JsonNode.Parse(body)));

    /// <summary>What differs, each as <c>where: recorded → answered</c>.</summary>
    public IReadOnlyList<string> DifferencesTo(SeenAnswer answered)
    {
        var differences = new List<string>();
        if (Status != answered.Status)
            differences.Add($"status: {Status} → {answered.Status}");

        foreach (var name in s_headers.Where(name => Headers[name] != answered.Headers[name]))
            differences.Add($"{name}: {Headers[name] ?? "none"} → {answered.Headers[name] ?? "none"}");

        Compare("body", Body, answered.Body, differences);
        return differences;
    }

    private static void Compare(string path, JsonNode? recorded, JsonNode? answered, List<string> differences)
    {
        if (recorded is JsonObject from && answered is JsonObject to)
        {
            foreach (var name in from.Select(member => member.Key).Union(to.Select(member => member.Key)).Order(StringComparer.Ordinal))
                Compare($"{path}.{name}", from[name], to[name], differences);
        }
        else if (recorded is JsonArray fromItems && answered is JsonArray toItems && fromItems.Count == toItems.Count)
        {
            for (var i = 0; i < fromItems.Count; i++)
                Compare($"{path}[{i}]", fromItems[i], toItems[i], differences);
        }
        else if (!JsonNode.DeepEquals(recorded, answered))
        {
            differences.Add($"{path}: {recorded?.ToJsonString() ?? "null"} → {answered?.ToJsonString() ?? "null"}");
        }
    }

    private static JsonNode? Seen(JsonNode? json)
    {
        switch (json)
        {
            case JsonObject members:
                return new JsonObject(members.Where(member => !s_unseen.Contains(member.Key) && member.Value is not null)
                    .Select(member => KeyValuePair.Create(member.Key, Seen(member.Value))));
            case JsonArray items:
                return new JsonArray([.. items.Select(Seen)]);
            default:
                return json?.DeepClone();
        }
    }
}
