using System.Globalization;

namespace Stepwell.Protocol.Tests;

public class TimeStringInstantTests
{
    private static readonly DateTimeOffset s_now = new(2026, 11, 24, 8, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("1d", "2026-11-25T08:00:00.0000000+00:00")]
    [InlineData("300ms", "2026-11-24T08:00:00.3000000+00:00")]
    [InlineData("2026-12-01T00:00:00.000Z", "2026-12-01T00:00:00.0000000+00:00")]
    [InlineData("2026-12-01T00:00:00Z", "2026-12-01T00:00:00.0000000+00:00")]
    [InlineData("2026-12-01T00:00Z", "2026-12-01T00:00:00.0000000+00:00")]
    [InlineData("2026-12-01", "2026-12-01T00:00:00.0000000+00:00")]
    [InlineData("2026-12-01T00:00:00", "2026-12-01T00:00:00.0000000+00:00")]
    [InlineData("2026-12-01T02:30:00+02:30", "2026-12-01T00:00:00.0000000+00:00")]
    [InlineData("2026-11-30T19:00:00-05:00", "2026-12-01T00:00:00.0000000+00:00")]
    [InlineData("2026-12-01T00:00:00.5Z", "2026-12-01T00:00:00.5000000+00:00")]
    [InlineData("2026-12-01T00:00:00.123456Z", "2026-12-01T00:00:00.1234560+00:00")]
    [InlineData("2026-12-01T00:00:00.123456789Z", "2026-12-01T00:00:00.1234567+00:00")]
    [InlineData("2026-12-01T02:00:00.123456789+02:00", "2026-12-01T00:00:00.1234567+00:00")]
    [InlineData(" 2026-12-01T00:00:00Z ", "2026-12-01T00:00:00.0000000+00:00")]
    [InlineData("2020-02-29T00:00:00Z", "2020-02-29T00:00:00.0000000+00:00")]
    public void A_duration_counts_from_now_and_a_date_is_itself(string text, string instant)
    {
        Assert.True(TimeString.TryParseInstant(text, s_now, out var read));
        Assert.Equal(instant, read.ToString("O", CultureInfo.InvariantCulture));
    }

    [Fact]
    public void A_duration_from_a_local_time_ends_at_the_same_instant()
    {
        Assert.True(TimeString.TryParseInstant("1h", s_now.ToOffset(TimeSpan.FromHours(5)), out var read));
        Assert.Equal(s_now.AddHours(1), read);
    }

    [Theory]
    [InlineData("tomorrow")]
    [InlineData("2026-13-01T00:00:00Z")]
    [InlineData("2026-02-29T00:00:00Z")]
    [InlineData("2026-12-01T24:00:00Z")]
    [InlineData("2026-12-01 00:00:00")]
    [InlineData("01.12.2026")]
    [InlineData("12/01/2026")]
    [InlineData("1795491575306")]
    [InlineData("2026-12-01T00:00:00.Z1")]
    [InlineData("2026-12-01T00:00:00.123456789123456789Zx")]
    [InlineData("0001-01-01T00:00:00+14:00")]
    [InlineData("9999-12-31T23:59:59-14:00")]
    [InlineData("-1h")]
    public void What_is_no_time_is_refused(string text)
    {
        Assert.False(TimeString.TryParseInstant(text, s_now, out _));
    }

    [Fact]
    public void A_duration_that_ends_after_the_last_instant_is_refused()
    {
        Assert.False(TimeString.TryParseInstant("1525028w", s_now, out _));
        Assert.True(TimeString.TryParseInstant("1s", DateTimeOffset.MaxValue.AddSeconds(-1), out var last));
        Assert.Equal(DateTimeOffset.MaxValue, last);
    }
}
