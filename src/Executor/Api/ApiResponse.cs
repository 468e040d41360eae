namespace Stepwell.Executor.Api;

/// <summary>An HTTP answer: JSON.</summary>
public sealed record ApiResponse(int Status, ReadOnlyMemory<byte> Body)
{
    /// <summary>The value of the header <c>allow</c>, which RFC 9110 §15.5.6 asks of an answer 405; otherwise null.</summary>
    public string? Allow { get; init; }
}
