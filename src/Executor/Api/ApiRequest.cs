namespace Stepwell.Executor.Api;

/// <summary>An HTTP request, whatever server took it.</summary>
/// <param name="Method">In upper case.</param>
/// <param name="Path">Absolute, still escaped.</param>
/// <param name="Query">Gives a query parameter's first value; null when it is absent.</param>
/// <param name="Header">Gives a header's value, whatever the case of its name; null when it is absent.</param>
/// <param name="Body">The whole body.</param>
public sealed record ApiRequest(string Method, string Path, Func<string, string?> Query, Func<string, string?> Header, ReadOnlyMemory<byte> Body);
