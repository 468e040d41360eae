using CsCheck;

namespace Stepwell.Protocol.Tests;

public class TimeStringPrintingTests
{
    private const int Iterations = 10_000;

    private static readonly string[] s_units = ["3w", "2d", "5h", "7m", "11s", "13ms", "17us", "900ns"];

    [Theory]
    [InlineData(0, "0s")]
    [InlineData(1, "100ns")]
    [InlineData(10, "1us")]
    [InlineData(TimeSpan.TicksPerMillisecond * 300, "300ms")]
    [InlineData(TimeSpan.TicksPerSecond, "1s")]
    [InlineData(TimeSpan.TicksPerMinute * 90, "1h30m")]
    [InlineData(TimeSpan.TicksPerDay + TimeSpan.TicksPerHour * 2 + TimeSpan.TicksPerMinute * 30, "1d2h30m")]
    [InlineData(TimeSpan.TicksPerDay * 7, "1w")]
    [InlineData(TimeSpan.TicksPerDay * 366, "52w2d")]
    [InlineData(long.MaxValue, "1525028w3d2h48m5s477ms580us700ns")]
    public void A_duration_is_printed_in_the_fewest_units(long ticks, string text)
    {
        Assert.Equal(text, TimeString.Format(TimeSpan.FromTicks(ticks)));
    }

    [Fact]
    public void A_negative_duration_is_not_printed()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => TimeString.Format(TimeSpan.FromTicks(-1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => TimeString.Format(TimeSpan.MinValue));
    }

    [Theory]
    [InlineData("2026-11-24T08:00:00.000Z", 0)]
    [InlineData("2026-11-24T08:00:00.000Z", 2)]
    [InlineData("2026-11-24T08:00:00.000Z", -8)]
    public void An_instant_is_printed_in_UTC_with_milliseconds(string text, int hours)
    {
        Assert.Equal(text, TimeString.Format(new DateTimeOffset(2026, 11, 24, 8, 0, 0, TimeSpan.Zero).ToOffset(TimeSpan.FromHours(hours))));
    }

    [Fact]
    public void Every_duration_comes_back_from_its_text()
    {
        Gen.Long[0, long.MaxValue].Select(TimeSpan.FromTicks).Sample(duration =>
            TimeString.TryParseDuration(TimeString.Format(duration), out var read) && read == duration, iter: Iterations);
    }

    [Fact]
    public void A_short_duration_comes_back_from_its_text()
    {
        Gen.Long[0, TimeSpan.TicksPerDay].Select(TimeSpan.FromTicks).Sample(duration =>
            TimeString.TryParseDuration(TimeString.Format(duration), out var read) && read == duration, iter: Iterations);
    }

    [Fact]
    public void Every_instant_comes_back_from_its_text_to_the_millisecond()
    {
        Gen.Long[0, DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()].Select(DateTimeOffset.FromUnixTimeMilliseconds).Sample(instant =>
            TimeString.TryParseInstant(TimeString.Format(instant), DateTimeOffset.UnixEpoch, out var read) && read == instant, iter: Iterations);
    }

    [Fact]
    public void Units_in_any_order_mean_the_same()
    {
        Gen.Shuffle(s_units).Sample(parts => TimeString.TryParseDuration(string.Concat(parts), out var read)
            && read == new TimeSpan(23, 5, 7, 11, 13, 17).Add(TimeSpan.FromTicks(9)));
    }

    [Fact]
    public void No_text_makes_the_reader_throw()
    {
        var text = Gen.Char["0123456789.wdhmsunµ -+:TZ"].Array[0, 30].Select(letters => new string(letters));
        var durations = Gen.Select(Gen.String[Gen.Char['0', '9'], 1, 25], Gen.OneOf("w", "d", "h", "m", "s", "ms", "us", "ns"), (number, unit) => number + unit).Array[1, 4].Select(string.Concat);

        Gen.OneOf(text, durations).Sample(one =>
        {
            var isDuration = TimeString.TryParseDuration(one, out var duration);
            _ = TimeString.TryParseInstant(one, DateTimeOffset.UnixEpoch, out _);
            return isDuration ? duration >= TimeSpan.Zero : duration == TimeSpan.Zero;
        }, iter: Iterations);
    }
}
