namespace Stepwell.Executor.Matching;

/// <summary>+ and - over timestamps and durations, within the years 1 to 9999.</summary>
internal static class TimeArithmetic
{
    public static MatchValue Add(MatchValue left, MatchValue right) => (left, right) switch
    {
        (MatchValue.Timestamp time, MatchValue.Duration by) => Timestamp((Int128)time.Value.UtcTicks + by.Value.Ticks),
        (MatchValue.Duration by, MatchValue.Timestamp time) => Timestamp((Int128)time.Value.UtcTicks + by.Value.Ticks),
        (MatchValue.Duration one, MatchValue.Duration other) => Duration((Int128)one.Value.Ticks + other.Value.Ticks),
        _ => Arithmetic.NoSuch("+", left, right),
    };

    public static MatchValue Subtract(MatchValue left, MatchValue right) => (left, right) switch
    {
        (MatchValue.Timestamp one, MatchValue.Timestamp other) => Duration((Int128)one.Value.UtcTicks - other.Value.UtcTicks),
        (MatchValue.Timestamp time, MatchValue.Duration by) => Timestamp((Int128)time.Value.UtcTicks - by.Value.Ticks),
        (MatchValue.Duration one, MatchValue.Duration other) => Duration((Int128)one.Value.Ticks - other.Value.Ticks),
        _ => Arithmetic.NoSuch("-", left, right),
    };

    private static MatchValue Timestamp(Int128 ticks) => ticks < DateTimeOffset.MinValue.Ticks || ticks > DateTimeOffset.MaxValue.Ticks
        ? new MatchValue.Error("the timestamp is beyond the years 1 to 9999")
        : new MatchValue.Timestamp(new DateTimeOffset((long)ticks, TimeSpan.Zero));

    private static MatchValue Duration(Int128 ticks) => Int128.Abs(ticks) > DurationText.Longest.Ticks
        ? new MatchValue.Error("the duration is beyond 10,000 years")
        : new MatchValue.Duration(new TimeSpan((long)ticks));
}
