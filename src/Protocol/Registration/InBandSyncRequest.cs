using System.Text.Json.Serialization;

namespace Stepwell.Protocol.Registration;

/// <summary>The body with which a server asks an app to answer with its registration.</summary>
public sealed record InBandSyncRequest([property: JsonPropertyName("url")] string Url);
