using Microsoft.Extensions.Logging;
using Stepwell.Executor.Operations;
using Stepwell.Executor.Ports;
using Stepwell.Executor.Runs;

namespace Stepwell.Executor.Tests.Operations;

/// <summary>What ended long ago is removed, and nothing else is.</summary>
public sealed class ForgetEndedTests
{
    private static readonly TimeSpan s_month = TimeSpan.FromDays(30);
    private static readonly TimeSpan s_rest = TimeSpan.FromHours(1);

    [Fact]
    public async Task A_run_and_its_event_are_there_for_thirty_days_and_then_no_more()
    {
        await using var engine = await CreateAsync();
        var run = Assert.Single(await engine.SendAsync("""{"name":"go"}"""));
        await engine.WorkAsync();

        engine.Time.Advance(s_month);
        Assert.Equal(0, await ForgetAsync(engine));
        Assert.Equal(RunStatus.Completed, (await engine.RunAsync(run)).Status);

        engine.Time.Advance(s_rest);
        Assert.Equal(1, await ForgetAsync(engine));
        Assert.IsType<ReadRunOutcome.NotFound>(await engine.Storage.Runs.ReadAsync(run, CancellationToken.None));
        Assert.Empty(await EventsAsync(engine));
    }

    [Fact]
    public async Task A_run_that_lives_stays_with_its_event_however_old_it_is()
    {
        await using var engine = await CreateAsync();
        engine.Calls.Answer = Answers.Sleep("100d");
        var run = Assert.Single(await engine.SendAsync("""{"name":"go"}"""));
        await engine.WorkAsync();

        engine.Time.Advance(TimeSpan.FromDays(99));
        Assert.Equal(0, await ForgetAsync(engine));
        engine.Time.Advance(TimeSpan.FromDays(1));
        await engine.WorkToEndAsync();
        Assert.Equal(RunStatus.Completed, (await engine.RunAsync(run)).Status);
        // It counts from its end.
        engine.Time.Advance(s_month);
        Assert.Equal(0, await ForgetAsync(engine));
        engine.Time.Advance(s_rest);
        Assert.Equal(1, await ForgetAsync(engine));
    }

    [Fact]
    public async Task When_all_that_is_old_has_been_looked_at_it_rests_for_an_hour()
    {
        await using var engine = await CreateAsync();
        await engine.SendAsync("""{"name":"go"}""");
        await engine.WorkAsync();
        engine.Time.Advance(s_month);
        Assert.Equal(0, await ForgetAsync(engine));

        engine.Time.Advance(s_rest - TimeSpan.FromSeconds(1));
        Assert.Equal(0, await ForgetAsync(engine));
        engine.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, await ForgetAsync(engine));
    }

    [Fact]
    public async Task A_pass_is_bounded_and_the_next_goes_on_behind_those_that_stay()
    {
        await using var engine = await CreateAsync();
        await engine.SendAsync(Many(300));
        await engine.WorkAsync();
        engine.Time.Advance(TimeSpan.FromHours(1));
        // Younger than those, so that they come first, and they live.
        engine.Calls.Answer = Answers.Sleep("300d");
        await engine.SendAsync(Many(2_000));
        await engine.WorkAsync();

        engine.Time.Advance(s_month + TimeSpan.FromHours(1));
        Assert.Equal(0, await ForgetAsync(engine));
        Assert.Equal(300, await ForgetAsync(engine));
        Assert.Equal(2_000, (await EventsAsync(engine)).Count);
    }

    [Fact]
    public async Task A_pass_that_fails_is_made_good_by_the_next()
    {
        await using var engine = await CreateAsync();
        await engine.SendAsync("""{"name":"go"}""");
        await engine.WorkAsync();
        engine.Time.Advance(s_month + TimeSpan.FromSeconds(1));
        engine.Ports.Fail("remove run", afterEffect: true);

        await Assert.ThrowsAsync<IOException>(() => ForgetAsync(engine));

        Assert.Equal(1, await ForgetAsync(engine));
        Assert.Empty(await EventsAsync(engine));
    }

    [Fact]
    public async Task A_run_that_cannot_be_read_stays_with_its_event_and_keeps_no_other()
    {
        await using var engine = await CreateAsync();
        await engine.SendAsync(Many(2));
        await engine.WorkAsync();
        engine.Time.Advance(s_month + TimeSpan.FromSeconds(1));
        engine.Ports.Before("read", () => throw new InvalidDataException("It was written in version 2."));

        Assert.Equal(1, await ForgetAsync(engine));

        Assert.Single(await EventsAsync(engine));
        Assert.Contains("cannot be read", Assert.Single(engine.Log.Lines, line => line.Level == LogLevel.Error).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_no_retention_nothing_is_removed()
    {
        await using var engine = await CreateAsync(null);
        await engine.SendAsync("""{"name":"go"}""");
        await engine.WorkAsync();

        engine.Time.Advance(TimeSpan.FromDays(4_000));

        Assert.Equal(0, await ForgetAsync(engine));
        Assert.Single(await EventsAsync(engine));
    }

    private static string Many(int count) => $"[{string.Join(',', Enumerable.Repeat("""{"name":"go"}""", count))}]";

    private static Task<int> ForgetAsync(TestEngine engine) => engine.Get<ForgetEnded>().RunAsync(CancellationToken.None);

    private static async Task<List<StoredEvent>> EventsAsync(TestEngine engine)
    {
        var all = new List<StoredEvent>();
        while (await engine.Storage.Events.ListAsync(new EventQuery(100, Cursor: all.LastOrDefault()?.InternalId), CancellationToken.None) is { IsEmpty: false } page)
            all.AddRange(page);

        return all;
    }

    private static Task<TestEngine> CreateAsync() => CreateAsync(s_month);

    private static async Task<TestEngine> CreateAsync(TimeSpan? retention)
    {
        var engine = new TestEngine(new EngineOptions { CommitLinger = TimeSpan.Zero, Retention = retention });
        await engine.RegisterAsync("f", "");
        return engine;
    }
}
