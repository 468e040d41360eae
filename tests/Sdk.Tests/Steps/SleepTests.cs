using Stepwell.Protocol.Ops;
using Stepwell.Sdk.Tests.World;

namespace Stepwell.Sdk.Tests.Steps;

public class SleepTests
{
    [Theory]
    [InlineData("00:00:00", "0s")]
    [InlineData("00:00:00.300", "300ms")]
    [InlineData("00:02:00", "2m")]
    [InlineData("1.02:30:00", "1d2h30m")]
    [InlineData("366.00:00:00", "52w2d")]
    public async Task A_duration_is_told_in_the_protocols_words(string duration, string expected)
    {
        var app = TestApp.Serving((_, step) => step.SleepAsync("pause", TimeSpan.Parse(duration, System.Globalization.CultureInfo.InvariantCulture)));

        var sleep = Assert.IsType<SleepOp>(Assert.Single((await app.DiscoverAsync()).Ops));

        Assert.Equal(expected, sleep.Until);
        Assert.Equal(expected, sleep.Name);
        Assert.Equal("pause", sleep.DisplayName);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(367)]
    public async Task A_duration_out_of_range_is_refused_with_its_value(int days)
    {
        var answer = await TestApp.Serving((_, step) => step.SleepAsync("pause", TimeSpan.FromDays(days))).DiscoverAsync();

        Assert.Equal(500, answer.Status);
        Assert.Equal("System.ArgumentOutOfRangeException", answer.Failure.Name);
        Assert.Contains($"{days}.00:00:00", answer.Failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_time_is_told_in_utc()
    {
        var app = TestApp.Serving((_, step) => step.SleepUntilAsync("pause", new DateTimeOffset(2026, 12, 24, 20, 15, 0, TimeSpan.FromHours(1))));

        Assert.Equal("2026-12-24T19:15:00.000Z", Assert.IsType<SleepOp>(Assert.Single((await app.DiscoverAsync()).Ops)).Until);
    }

    [Fact]
    public async Task A_time_that_is_past_is_told_like_any_other()
    {
        var app = TestApp.Serving((_, step) => step.SleepUntilAsync("pause", new DateTimeOffset(2001, 1, 1, 0, 0, 0, TimeSpan.Zero)));

        Assert.Equal("2001-01-01T00:00:00.000Z", Assert.IsType<SleepOp>(Assert.Single((await app.DiscoverAsync()).Ops)).Until);
        Assert.Equal("null", (await app.DiscoverAsync(Settled.Slept("pause"))).Result());
    }

    [Fact]
    public async Task A_time_more_than_a_year_away_is_refused_with_the_step_and_the_time()
    {
        TestApp app = null!;
        app = TestApp.Serving((_, step) => step.SleepUntilAsync("pause", app.Time.GetUtcNow() + TimeSpan.FromDays(366) + TimeSpan.FromSeconds(1)));

        var answer = await app.DiscoverAsync();

        Assert.Equal(500, answer.Status);
        Assert.Contains("Step 'pause' would sleep for more than 366 days", answer.Failure.Message, StringComparison.Ordinal);
        Assert.Contains("2027", answer.Failure.Message, StringComparison.Ordinal);
    }
}
