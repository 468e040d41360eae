namespace Stepwell.Sdk.Serving;

/// <summary>The answer of the serve endpoint: JSON, or empty.</summary>
public sealed record ServeResponse(int Status, IReadOnlyDictionary<string, string> Headers, ReadOnlyMemory<byte> Body);
