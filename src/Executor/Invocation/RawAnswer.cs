namespace Stepwell.Executor.Invocation;

/// <summary>An HTTP answer as it came.</summary>
/// <param name="Url">What was called.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Header">Gives a header's value by its name in lower case; null when it is absent.</param>
/// <param name="Body">The body, decompressed.</param>
public sealed record RawAnswer(Uri Url, int Status, Func<string, string?> Header, ReadOnlyMemory<byte> Body);
