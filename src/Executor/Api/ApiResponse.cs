namespace Stepwell.Executor.Api;

/// <summary>An HTTP answer: JSON.</summary>
public sealed record ApiResponse(int Status, ReadOnlyMemory<byte> Body);
