using CsCheck;
using Stepwell.Executor.FlowControl;

namespace Stepwell.Executor.Tests.FlowControl;

/// <summary>Throttle and rate limit: the generic cell rate algorithm, to the tick.</summary>
public sealed class RateTests
{
    private static readonly DateTimeOffset s_start = new(2026, 11, 25, 8, 0, 0, TimeSpan.Zero);

    private static readonly Gen<(int Limit, long Period, int Burst, long[] Pauses)> s_cases = Gen.Select(
        Gen.Int[1, 7], Gen.Long[TimeSpan.TicksPerSecond, 100 * TimeSpan.TicksPerSecond], Gen.Int[1, 3], Gen.Long[0, 20 * TimeSpan.TicksPerSecond].Array[1, 60]);

    [Fact]
    public void A_throttle_lets_its_limit_start_at_once_and_then_one_in_each_share_of_the_period() =>
        Assert.Equal([0, 0, 0, 20, 40, 60, 80], Starts(new Throttle(3, TimeSpan.FromMinutes(1), 1, null), 7));

    [Fact]
    public void A_burst_is_so_many_limits_at_once() =>
        Assert.Equal([0, 0, 0, 0, 30, 60], Starts(new Throttle(2, TimeSpan.FromMinutes(1), 2, null), 6));

    [Fact]
    public void What_was_not_used_comes_back_up_to_the_limit()
    {
        var throttle = new Throttle(2, TimeSpan.FromMinutes(1), 1, null);
        var (next, _) = throttle.Reserve(null, s_start);
        (next, _) = throttle.Reserve(next, s_start);
        var later = s_start + TimeSpan.FromHours(1);
        (next, var first) = throttle.Reserve(next, later);
        (next, var second) = throttle.Reserve(next, later);
        (_, var third) = throttle.Reserve(next, later);
        Assert.Equal([later, later, later + TimeSpan.FromSeconds(30)], [first, second, third]);
    }

    [Fact]
    public void No_window_of_a_throttle_sees_more_than_its_burst_and_what_the_rate_brings() => s_cases.Sample(one =>
    {
        var throttle = new Throttle(one.Limit, TimeSpan.FromTicks(one.Period), one.Burst, null);
        var starts = new List<DateTimeOffset>();
        DateTimeOffset? next = null;
        var now = s_start;
        foreach (var pause in one.Pauses)
        {
            now += TimeSpan.FromTicks(pause);
            (next, var start) = throttle.Reserve(next, now);
            Assert.True(start >= now);
            Assert.True(starts.Count == 0 || start >= starts[^1]);
            starts.Add(start);
        }

        AssertRate(starts, one.Limit * one.Burst, one.Limit, one.Period);
    });

    [Fact]
    public void A_rate_limit_takes_its_limit_at_once_and_drops_the_others()
    {
        var limit = new RateLimit(3, TimeSpan.FromMinutes(1), null);
        DateTimeOffset? next = null;
        for (var i = 0; i < 3; i++)
            next = Assert.NotNull(limit.Take(next, s_start));

        Assert.Null(limit.Take(next, s_start));
        Assert.Null(limit.Take(next, s_start + TimeSpan.FromSeconds(20) - TimeSpan.FromTicks(1)));
        next = Assert.NotNull(limit.Take(next, s_start + TimeSpan.FromSeconds(20)));
        Assert.Null(limit.Take(next, s_start + TimeSpan.FromSeconds(20)));
    }

    [Fact]
    public void No_window_of_a_rate_limit_sees_more_than_its_limit_and_what_the_rate_brings() => s_cases.Sample(one =>
    {
        var limit = new RateLimit(one.Limit, TimeSpan.FromTicks(one.Period), null);
        var taken = new List<DateTimeOffset>();
        DateTimeOffset? next = null;
        var now = s_start;
        foreach (var pause in one.Pauses)
        {
            now += TimeSpan.FromTicks(pause);
            if (limit.Take(next, now) is not { } after)
                continue;

            next = after;
            taken.Add(now);
        }

        Assert.NotEmpty(taken);
        AssertRate(taken, one.Limit, one.Limit, one.Period);
    });

    [Fact]
    public void An_idempotency_key_is_a_rate_limit_of_one_in_a_day()
    {
        var once = Assert.IsType<RateLimit>(RateLimit.OfIdempotency("event.data.cart"));
        var next = Assert.NotNull(once.Take(null, s_start));
        Assert.Null(once.Take(next, s_start + TimeSpan.FromHours(24) - TimeSpan.FromTicks(1)));
        Assert.NotNull(once.Take(next, s_start + TimeSpan.FromHours(24)));
    }

    private static double[] Starts(Throttle throttle, int count)
    {
        DateTimeOffset? next = null;
        var starts = new List<double>();
        for (var i = 0; i < count; i++)
        {
            (next, var start) = throttle.Reserve(next, s_start);
            starts.Add((start - s_start).TotalSeconds);
        }

        return [.. starts];
    }

    private static void AssertRate(List<DateTimeOffset> starts, int burst, int limit, long period)
    {
        for (var from = 0; from < starts.Count; from++)
        {
            for (var to = from; to < starts.Count; to++)
            {
                var window = (starts[to] - starts[from]).Ticks;
                Assert.True(to - from + 1 <= burst + window * limit / period + (window * limit % period == 0 ? 0 : 1), $"{to - from + 1} starts in {window} ticks");
            }
        }
    }
}
