using System.Globalization;

namespace Stepwell.Protocol.Tests;

public class TimeStringParsingTests
{
    [Theory]
    [InlineData("1s", "00:00:01")]
    [InlineData("1d2h30m", "1.02:30:00")]
    [InlineData("1w2d3h4m5s", "9.03:04:05")]
    [InlineData("300ms", "00:00:00.300")]
    [InlineData("1500ms", "00:00:01.500")]
    [InlineData("1.5h", "01:30:00")]
    [InlineData("0.25s", "00:00:00.250")]
    [InlineData(".5s", "00:00:00.500")]
    [InlineData("1.s", "00:00:01")]
    [InlineData("1h0.5m", "01:00:30")]
    [InlineData("100us", "00:00:00.0001")]
    [InlineData("100µs", "00:00:00.0001")]
    [InlineData("100μs", "00:00:00.0001")]
    [InlineData("100ns", "00:00:00.0000001")]
    [InlineData("1500ns", "00:00:00.0000015")]
    [InlineData("90m", "01:30:00")]
    [InlineData("52w", "364.00:00:00")]
    [InlineData("30m1d", "1.00:30:00")]
    [InlineData("0s", "00:00:00")]
    [InlineData("0h0m0s", "00:00:00")]
    [InlineData("007s", "00:00:07")]
    [InlineData(" 1h ", "01:00:00")]
    public void A_duration_is_read(string text, string duration)
    {
        Assert.True(TimeString.TryParseDuration(text, out var read));
        Assert.Equal(TimeSpan.ParseExact(duration, "c", CultureInfo.InvariantCulture), read);
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    public void An_empty_text_is_no_time_at_all(string text)
    {
        var now = new DateTimeOffset(2026, 11, 24, 8, 0, 0, TimeSpan.Zero);

        Assert.True(TimeString.TryParseDuration(text, out var duration));
        Assert.True(TimeString.TryParseInstant(text, now, out var instant));

        Assert.Equal((TimeSpan.Zero, now), (duration, instant));
    }

    [Theory]
    [InlineData("49ns", 0)]
    [InlineData("50ns", 1)]
    [InlineData("149ns", 1)]
    [InlineData("0.00000005s", 1)]
    public void What_is_finer_than_a_tick_is_rounded(string text, long ticks)
    {
        Assert.True(TimeString.TryParseDuration(text, out var duration));
        Assert.Equal(ticks, duration.Ticks);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("0")]
    [InlineData("h")]
    [InlineData(".")]
    [InlineData(".h")]
    [InlineData("..5h")]
    [InlineData("1.2.3h")]
    [InlineData("-1h")]
    [InlineData("+1h")]
    [InlineData("1h-30m")]
    [InlineData("1 h")]
    [InlineData("1h 30m")]
    [InlineData("1h1h")]
    [InlineData("1us2µs")]
    [InlineData("1H")]
    [InlineData("1y")]
    [InlineData("1M")]
    [InlineData("1hour")]
    [InlineData("1hm")]
    [InlineData("1e3s")]
    [InlineData("1,5h")]
    [InlineData("0x1s")]
    [InlineData("١s")]
    [InlineData("soon")]
    [InlineData("01:30:00")]
    [InlineData("PT1H")]
    [InlineData("2026-11-24T08:00:00Z")]
    public void What_is_no_duration_is_refused(string text)
    {
        Assert.False(TimeString.TryParseDuration(text, out var duration));
        Assert.Equal(TimeSpan.Zero, duration);
    }

    [Theory]
    [InlineData("9223372036854775807s")]
    [InlineData("922337203685.5s")]
    [InlineData("99999999999999999999w")]
    [InlineData("99999999999999999999w99999999999999999999d99999999999999999999h")]
    [InlineData("1525029w")]
    [InlineData("100000000000000000000s")]
    [InlineData("0.0000000000000000000000000000000001s")]
    public void A_duration_beyond_what_can_be_kept_is_refused(string text)
    {
        Assert.False(TimeString.TryParseDuration(text, out _));
        Assert.False(TimeString.TryParseInstant(text, DateTimeOffset.UnixEpoch, out _));
    }

    [Fact]
    public void The_longest_duration_is_read()
    {
        Assert.True(TimeString.TryParseDuration("9223372036854775807ns", out var nanoseconds));
        Assert.Equal(92233720368547758, nanoseconds.Ticks);
        Assert.True(TimeString.TryParseDuration("922337203685s477ms580us700ns", out var longest));
        Assert.Equal(TimeSpan.MaxValue, longest);
    }
}
