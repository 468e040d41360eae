using System.Globalization;
using System.Text.Json;
using Stepwell.Executor.Operations;
using Stepwell.Executor.Ports;
using Stepwell.Protocol.Ids;
using Stepwell.Protocol.Registration;

namespace Stepwell.Executor.Tests.Operations;

/// <summary>Functions that are started by the clock.</summary>
public sealed class CronTests
{
    [Fact]
    public async Task Each_tick_starts_one_run_with_the_schedule_and_the_time()
    {
        await using var engine = await CreateAsync("{\"cron\":\"*/5 * * * *\"}");
        await FireAsync(engine, TimeSpan.FromMinutes(16));

        Assert.Equal(3, engine.Calls.Made.Count);
        using var happened = JsonDocument.Parse(engine.Calls.Made.First().Run.Events[0].Utf8);
        Assert.Equal("inngest/scheduled.timer", happened.RootElement.GetProperty("name").GetString());
        Assert.Equal("""{"cron":"*/5 * * * *"}""", happened.RootElement.GetProperty("data").GetRawText());
        Assert.Equal(0, DateTimeOffset.FromUnixTimeMilliseconds(happened.RootElement.GetProperty("ts").GetInt64()).Minute % 5);
    }

    [Fact]
    public async Task However_many_executors_there_are_a_tick_is_one_run()
    {
        await using var engine = await CreateAsync("{\"cron\":\"* * * * *\"}");
        await using var second = new TestEngine(beside: engine);
        await using var third = new TestEngine(beside: engine);
        TestEngine[] all = [engine, second, third];
        foreach (var one in all)
            await one.Get<FireCron>().RunAsync(CancellationToken.None);

        for (var minute = 0; minute < 60; minute++)
        {
            foreach (var one in all)
                one.Time.Advance(TimeSpan.FromMinutes(1));

            await Task.WhenAll(all.Select(one => one.Get<FireCron>().RunAsync(CancellationToken.None)));
        }

        await engine.WorkAsync();
        Assert.Equal(60, engine.Calls.Made.Select(call => call.Run.Id).Distinct().Count());
        Assert.Equal(60, engine.Calls.Made.Count);
    }

    [Fact]
    public async Task After_a_time_without_executors_the_latest_tick_is_made_good_and_no_other()
    {
        await using var engine = await CreateAsync("{\"cron\":\"0 * * * *\"}");
        await engine.Get<FireCron>().RunAsync(CancellationToken.None);
        engine.Time.Advance(TimeSpan.FromDays(3));
        await using var later = new TestEngine(beside: engine);
        later.Time.Advance(engine.Time.GetUtcNow() - later.Time.GetUtcNow());

        Assert.Equal(1, await later.Get<FireCron>().RunAsync(CancellationToken.None));
        Assert.Equal(0, await later.Get<FireCron>().RunAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_year_of_ticks_is_a_run_each()
    {
        await using var engine = await CreateAsync("{\"cron\":\"TZ=Europe/Berlin 30 2 * * *\"}");
        await engine.Get<FireCron>().RunAsync(CancellationToken.None);
        for (var hour = 0; hour < 365 * 24; hour++)
        {
            engine.Time.Advance(TimeSpan.FromHours(1));
            await engine.Get<FireCron>().RunAsync(CancellationToken.None);
            await engine.WorkAsync();
        }

        Assert.Equal(365, engine.Calls.Made.Count);
        Assert.Equal(365, engine.Calls.Made.Select(call => call.Run.Id).Distinct().Count());
    }

    [Fact]
    public async Task Jitter_puts_a_start_off_by_no_more_than_it_says_and_the_event_says_when()
    {
        await using var engine = await CreateAsync("{\"cron\":\"0 * * * *\",\"jitter\":\"5m\"}");
        await engine.Get<FireCron>().RunAsync(CancellationToken.None);
        for (var hour = 0; hour < 20; hour++)
        {
            engine.Time.Advance(TimeSpan.FromHours(1));
            await engine.Get<FireCron>().RunAsync(CancellationToken.None);
        }

        var offs = new List<long>();
        foreach (var stored in await engine.Storage.Events.ListAsync(new EventQuery(100), CancellationToken.None))
        {
            using var happened = JsonDocument.Parse(stored.Json.Utf8);
            var data = happened.RootElement.GetProperty("data");
            var off = data.GetProperty("fireAt").GetInt64() - data.GetProperty("scheduledAt").GetInt64();
            offs.Add(off);
            Assert.Equal(off, (long)((await engine.RunAsync(Assert.Single(stored.Runs).Run)).Discovery!.Due - stored.ReceivedAt).TotalMilliseconds);
        }

        Assert.InRange(offs.Count, 19, 20);
        Assert.All(offs, off => Assert.InRange(off, 0, 300_000));
        Assert.True(offs.Distinct().Count() > 10);
    }

    [Fact]
    public async Task A_function_that_is_registered_no_more_is_started_no_more()
    {
        await using var engine = await CreateAsync("{\"cron\":\"* * * * *\"}");
        await FireAsync(engine, TimeSpan.FromMinutes(2));
        await engine.RegisterAsync("shop-other", "");
        await FireAsync(engine, TimeSpan.FromMinutes(5));

        Assert.Equal(2, engine.Calls.Made.Count);
    }

    [Theory]
    // Clocks go from 02:00 to 03:00: half past two does not exist, so it is at three; an interval goes on.
    [InlineData("30 2 * * *", "2026-03-28T23:00Z", "2026-03-29T01:00Z")]
    [InlineData("*/30 * * * *", "2026-03-29T00:45Z", "2026-03-29T01:00Z")]
    // Clocks go from 03:00 back to 02:00: half past two is there twice, and counts once.
    [InlineData("30 2 * * *", "2026-10-24T23:00Z", "2026-10-25T00:30Z")]
    [InlineData("30 2 * * *", "2026-10-25T00:30Z", "2026-10-26T01:30Z")]
    [InlineData("*/30 * * * *", "2026-10-25T00:30Z", "2026-10-25T01:00Z")]
    public void When_clocks_change_a_schedule_goes_on_as_documented(string cron, string after, string next) => Assert.Equal(
        DateTimeOffset.Parse(next, CultureInfo.InvariantCulture),
        CronSchedule.Read(new TriggerConfig { Cron = $"TZ=Europe/Berlin {cron}" }).Next(DateTimeOffset.Parse(after, CultureInfo.InvariantCulture)));

    [Theory]
    [InlineData("@hourly", "2026-11-25T09:00Z")]
    [InlineData("@daily", "2026-11-26T00:00Z")]
    [InlineData("@weekly", "2026-11-29T00:00Z")]
    [InlineData("@monthly", "2026-12-01T00:00Z")]
    [InlineData("@yearly", "2027-01-01T00:00Z")]
    [InlineData("CRON_TZ=America/New_York 0 9 * * 1-5", "2026-11-25T14:00Z")]
    [InlineData("0 0 29 2 *", "2028-02-29T00:00Z")]
    public void Schedules_may_be_written_in_all_the_usual_ways(string cron, string next) => Assert.Equal(
        DateTimeOffset.Parse(next, CultureInfo.InvariantCulture),
        CronSchedule.Read(new TriggerConfig { Cron = cron }).Next(new DateTimeOffset(2026, 11, 25, 8, 30, 0, TimeSpan.Zero)));

    [Theory]
    [InlineData("* * * * *", "2026-11-25T08:30Z")]
    [InlineData("0 0 1 1 *", "2026-01-01T00:00Z")]
    [InlineData("0 0 29 2 *", "2024-02-29T00:00Z")]
    public void The_latest_tick_is_found_however_long_ago_it_was(string cron, string latest)
    {
        var until = new DateTimeOffset(2026, 11, 25, 8, 30, 0, TimeSpan.Zero);
        var schedule = CronSchedule.Read(new TriggerConfig { Cron = cron });
        Assert.Equal(DateTimeOffset.Parse(latest, CultureInfo.InvariantCulture), schedule.Latest(until - TimeSpan.FromDays(1_500), until));
        Assert.Null(schedule.Latest(until, until));
    }

    [Fact]
    public void A_schedule_that_never_comes_has_no_tick()
    {
        var never = CronSchedule.Read(new TriggerConfig { Cron = "0 0 30 2 *" });
        Assert.Null(never.Next(DateTimeOffset.UnixEpoch));
        Assert.Null(never.Latest(DateTimeOffset.UnixEpoch, new DateTimeOffset(2026, 11, 25, 0, 0, 0, TimeSpan.Zero)));
    }

    [Fact]
    public void Two_executors_put_a_tick_off_by_the_same()
    {
        var schedule = CronSchedule.Read(new TriggerConfig { Cron = "@daily", Jitter = "5m" });
        var tick = new DateTimeOffset(2026, 11, 25, 0, 0, 0, TimeSpan.Zero);
        Assert.Equal(schedule.FireAt(FunctionId.Parse("shop-f"), tick), CronSchedule.Read(new TriggerConfig { Cron = "@daily", Jitter = "5m" }).FireAt(FunctionId.Parse("shop-f"), tick));
        Assert.NotEqual(schedule.FireAt(FunctionId.Parse("shop-f"), tick), schedule.FireAt(FunctionId.Parse("shop-g"), tick));
    }

    private static async Task<TestEngine> CreateAsync(string trigger)
    {
        var engine = new TestEngine();
        await engine.RegisterAsync("shop-clock", "", trigger);
        return engine;
    }

    private static async Task FireAsync(TestEngine engine, TimeSpan span)
    {
        await engine.Get<FireCron>().RunAsync(CancellationToken.None);
        for (var minute = 0; minute < span.TotalMinutes; minute++)
        {
            engine.Time.Advance(TimeSpan.FromMinutes(1));
            await engine.Get<FireCron>().RunAsync(CancellationToken.None);
            await engine.WorkAsync();
        }
    }
}
