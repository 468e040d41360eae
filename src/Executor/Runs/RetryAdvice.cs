namespace Stepwell.Executor.Runs;

/// <summary>What an answer said about trying again.</summary>
/// <param name="NoRetry">It asks for no retry (<c>x-inngest-no-retry: true</c>).</param>
/// <param name="RetryAfter">How long it asks to wait (<c>retry-after</c>).</param>
public sealed record RetryAdvice(bool NoRetry = false, TimeSpan? RetryAfter = null)
{
    /// <summary>Nothing was said.</summary>
    public static RetryAdvice Silent { get; } = new();
}
