using System.Text.Json.Serialization;

namespace Stepwell.Protocol.Registration;

/// <summary>Optional parts of the protocol that an SDK speaks.</summary>
public sealed record Capabilities(
    [property: JsonPropertyName("trust_probe"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? TrustProbe,
    [property: JsonPropertyName("connect"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Connect = null);
