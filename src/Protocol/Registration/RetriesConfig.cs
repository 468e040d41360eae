using System.Text.Json.Serialization;

namespace Stepwell.Protocol.Registration;

/// <summary>The number of retries, 0 to 20: attempts without the first.</summary>
public sealed record RetriesConfig([property: JsonPropertyName("attempts")] int Attempts);
