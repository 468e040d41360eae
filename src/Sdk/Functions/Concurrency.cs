namespace Stepwell.Sdk;

/// <summary>How many steps of a function run at a time.</summary>
/// <param name="Limit">At least 1.</param>
/// <param name="Key">An expression over <c>event</c>: each of its values has the limit for itself.</param>
public sealed record Concurrency(int Limit, string? Key = null);
