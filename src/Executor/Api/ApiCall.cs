namespace Stepwell.Executor.Api;

/// <summary>A request with the values that its path holds.</summary>
public sealed class ApiCall(ApiRequest request, IReadOnlyDictionary<string, string> values)
{
    public ApiRequest Request { get; } = request;

    /// <summary>The value of a segment in braces.</summary>
    public string this[string segment] => values[segment];
}
