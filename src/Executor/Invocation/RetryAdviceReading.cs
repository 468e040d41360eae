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

        // A date's parser would make something of 1.5 or 10:30 too.
        if (text.Length <= MaxSecondsLength)
            return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? TimeSpan.FromSeconds(seconds) : null;

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at - now : null;
    }
}
