namespace Stepwell.Sdk;

/// <summary>At most one run at a time.</summary>
/// <param name="Mode">What happens to another.</param>
/// <param name="Key">An expression over <c>event</c>: each of its values has a run for itself; where it is false or empty, the function is no singleton.</param>
public sealed record Singleton(SingletonMode Mode, string? Key = null);
