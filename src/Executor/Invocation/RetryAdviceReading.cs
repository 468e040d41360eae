using System.Globalization;
using Stepwell.Executor.Runs;
using Stepwell.Protocol;

namespace Stepwell.Executor.Invocation;

/// <summary>Reads <c>x-inngest-no-retry</c> and <c>retry-after</c>.</summary>
public static class RetryAdviceReading
{
    // Up to so many characters it is a number of seconds, beyond that a date (the reference server's rule).
    private const int MaxSecondsLength = 7;

    public static RetryAdvice Read(Func<string, string?> header, DateTimeOffset now) => new(
        string.Equals(header(ProtocolHeaders.NoRetry)?.Trim(), "true", StringComparison.OrdinalIgnoreCase),
        After(header(ProtocolHeaders.RetryAfter)?.Trim(), now));

    private static TimeSpan? After(string? text, DateTimeOffset now)
    {
        if (string.IsNullOrEmpty(text))
            return null;

        if (text.Length <= MaxSecondsLength && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
            return TimeSpan.FromSeconds(seconds);

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at - now : null;
    }
}
