namespace Stepwell.Executor.Matching;

/// <summary>timestamp() and duration() of CEL, and what the protocol adds: date(), now_plus() and now_minus().</summary>
internal static class TimeFunctions
{
    private const long MillisecondsPerSecond = 1_000;

    private static readonly long s_firstSecond = DateTimeOffset.MinValue.ToUnixTimeSeconds();
    private static readonly long s_lastSecond = DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    /// <summary>Of a text by RFC 3339, or of seconds since 1970.</summary>
    public static MatchValue Timestamp(MatchValue value, MatchValue none, Evaluation evaluation) => value switch
    {
        MatchValue.Timestamp => value,
        MatchValue.Text text when TimestampText.TryRead(text.Value, out var instant) => new MatchValue.Timestamp(instant),
        _ when Numbers.TryWhole(value, out var seconds) && seconds >= s_firstSecond && seconds <= s_lastSecond => new MatchValue.Timestamp(DateTimeOffset.FromUnixTimeSeconds(seconds)),
        _ => NumberConversions.Failed("timestamp", value),
    };

    /// <summary>As timestamp(), and of a mere date; a number is milliseconds since 1970, as event.ts is.</summary>
    public static MatchValue Date(MatchValue value, MatchValue none, Evaluation evaluation) => value switch
    {
        MatchValue.Text text when TimestampText.TryReadDate(text.Value, out var midnight) => new MatchValue.Timestamp(midnight),
        _ when Numbers.TryWhole(value, out var milliseconds) => milliseconds >= s_firstSecond * MillisecondsPerSecond && milliseconds <= s_lastSecond * MillisecondsPerSecond
            ? new MatchValue.Timestamp(DateTimeOffset.FromUnixTimeMilliseconds(milliseconds))
            : NumberConversions.Failed("timestamp", value),
        _ => Timestamp(value, none, evaluation),
    };

    public static MatchValue Duration(MatchValue value, MatchValue none, Evaluation evaluation) => value switch
    {
        MatchValue.Duration => value,
        MatchValue.Text text when DurationText.TryRead(text.Value, out var duration) => new MatchValue.Duration(duration),
        _ => NumberConversions.Failed("duration", value),
    };

    public static MatchValue NowPlus(MatchValue value, MatchValue none, Evaluation evaluation) => Duration(value, none, evaluation) is MatchValue.Duration duration
        ? TimeArithmetic.Add(new MatchValue.Timestamp(evaluation.Now.ToUniversalTime()), duration)
        : NumberConversions.Failed("duration", value);

    public static MatchValue NowMinus(MatchValue value, MatchValue none, Evaluation evaluation) => Duration(value, none, evaluation) is MatchValue.Duration duration
        ? TimeArithmetic.Subtract(new MatchValue.Timestamp(evaluation.Now.ToUniversalTime()), duration)
        : NumberConversions.Failed("duration", value);
}
