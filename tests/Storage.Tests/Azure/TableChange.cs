using System.Text.Json;
using System.Text.RegularExpressions;

namespace Stepwell.Storage.Tests.Azure;

/// <summary>The change of one row, as it stands in a request.</summary>
internal sealed partial record TableChange(string Method, string Partition, string Row, JsonElement? Entity)
{
    private const int KeyAndRowOverhead = 4;
    private const int PropertyOverhead = 8;

    /// <summary>The rows of an entity-group transaction.</summary>
    public static IReadOnlyList<TableChange> ReadTransaction(string body)
    {
        var changes = new List<TableChange>();
        foreach (var line in body.Split("\r\n"))
        {
            if (Operation().Match(line) is { Success: true } operation)
                changes.Add(Of(operation.Groups["method"].Value, operation.Groups["url"].Value));
            else if (line.StartsWith('{'))
                changes[^1] = changes[^1].WithEntity(JsonDocument.Parse(line).RootElement);
        }

        return changes;
    }

    public static TableChange Of(string method, string url)
    {
        var keys = Keys().Match(Uri.UnescapeDataString(url));
        return new TableChange(method, Unquote(keys.Groups["partition"].Value), Unquote(keys.Groups["row"].Value), null);
    }

    public TableChange WithEntity(JsonElement entity) => this with
    {
        Partition = entity.TryGetProperty("PartitionKey", out var partition) ? partition.GetString()! : Partition,
        Row = entity.TryGetProperty("RowKey", out var row) ? row.GetString()! : Row,
        Entity = entity,
    };

    /// <summary>The properties of one's own, with their sizes as Azure counts them.</summary>
    public IReadOnlyList<(string Name, int Bytes)> Properties => Entity is not { } entity
        ? []
        : [.. entity.EnumerateObject().Where(property => !IsAnnotation(property) && property.Name is not ("PartitionKey" or "RowKey" or "Timestamp")).Select(property => (property.Name, SizeOf(entity, property)))];

    /// <summary>The size of the entity as Azure counts it.</summary>
    public int Bytes => KeyAndRowOverhead + (2 * (Partition.Length + Row.Length)) + Properties.Sum(property => PropertyOverhead + (2 * property.Name.Length) + property.Bytes);

    private static int SizeOf(JsonElement entity, JsonProperty property)
    {
        if (property.Value.ValueKind != JsonValueKind.String)
            return sizeof(long);

        var text = property.Value.GetString()!;
        return (entity.TryGetProperty($"{property.Name}@odata.type", out var type) ? type.GetString() : null) switch
        {
            "Edm.Binary" => Convert.FromBase64String(text).Length,
            null or "Edm.String" => 2 * text.Length,
            _ => sizeof(long),
        };
    }

    private static bool IsAnnotation(JsonProperty property) => property.Name.Contains("odata.", StringComparison.Ordinal);

    private static string Unquote(string key) => key.Replace("''", "'", StringComparison.Ordinal);

    [GeneratedRegex(@"^(?<method>POST|PUT|PATCH|MERGE|DELETE|GET) (?<url>\S+) HTTP/1\.1$")]
    private static partial Regex Operation();

    [GeneratedRegex("PartitionKey='(?<partition>(?:[^']|'')*)',RowKey='(?<row>(?:[^']|'')*)'")]
    private static partial Regex Keys();
}
