using Stepwell.Sdk.Functions;

namespace Stepwell.Sdk;

/// <summary>How many steps run at a time. Runs that sleep or wait count for nothing.</summary>
public sealed record Concurrency
{
    private const int MaxLimit = 3_000;

    /// <summary>Limits the steps that run at a time.</summary>
    /// <param name="limit">1 to 3,000.</param>
    /// <param name="key">An expression over <c>event</c>: each of its values has the limit for itself.</param>
    /// <param name="scope">Among what it counts; beyond the function it needs a key, such as <c>"'printer'"</c>.</param>
    /// <exception cref="ArgumentException">The limit is less than 1 or more than 3,000, or a key is missing.</exception>
    public Concurrency(int limit, string? key = null, ConcurrencyScope scope = ConcurrencyScope.Function)
    {
        Ranges.Require(limit, 1, MaxLimit);
        if (scope != ConcurrencyScope.Function && string.IsNullOrWhiteSpace(key))
            throw new ArgumentException($"A limit of the scope {scope} needs a key, for instance \"'printer'\".", nameof(key));

        (Limit, Key, Scope) = (limit, key, scope);
    }

    /// <summary>At least 1.</summary>
    public int Limit { get; }

    /// <summary>An expression over <c>event</c>: each of its values has the limit for itself; null: one for all.</summary>
    public string? Key { get; }

    /// <summary>Among what it counts.</summary>
    public ConcurrencyScope Scope { get; }
}
