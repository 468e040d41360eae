using System.Text.Json.Serialization;

namespace Stepwell.Protocol.Registration;

/// <summary>How a function is called: <c>http</c> and the URL, whose query names the function.</summary>
public sealed record RuntimeConfig(
    [property: JsonPropertyName("type")] string Type,
    [property: JsonPropertyName("url"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Url);
