using Stepwell.Executor.Matching;
using Stepwell.Executor.Operations;
using Stepwell.Executor.Ports;
using Stepwell.Executor.Runs;
using Stepwell.Protocol.Ids;

namespace Stepwell.Executor.Tests.Operations;

/// <summary>Runs cancelled in bulk.</summary>
public sealed class CancelRunsTests
{
    private static readonly TimeSpan s_minute = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task The_live_runs_of_the_function_are_cancelled_and_no_others()
    {
        await using var engine = new TestEngine();
        var mine = await StartAsync(engine, "shop-f");
        var other = await StartAsync(engine, "shop-g");
        var ended = await StartAsync(engine, "shop-f");
        await engine.Get<CancelRun>().CancelAsync(ended, "before", CancellationToken.None);
        engine.Time.Advance(s_minute);

        Assert.Equal(1, await CancelAsync(engine));

        Assert.Equal("cancelled over the API, with others", Assert.IsType<RunOutcome.Cancelled>(await OutcomeAsync(engine, mine)).Reason);
        Assert.IsType<RunOutcome.Live>(await OutcomeAsync(engine, other));
        Assert.Equal("before", Assert.IsType<RunOutcome.Cancelled>(await OutcomeAsync(engine, ended)).Reason);
        Assert.Equal(0, await CancelAsync(engine));
    }

    [Fact]
    public async Task The_period_takes_in_what_was_created_after_its_begin_and_before_its_end()
    {
        await using var engine = new TestEngine();
        var began = engine.Time.GetUtcNow();
        var runs = new List<RunId>();
        for (var n = 0; n < 4; n++)
        {
            runs.Add(await StartAsync(engine, "shop-f"));
            engine.Time.Advance(s_minute);
        }

        Assert.Equal(2, await CancelAsync(engine, after: began, before: began + s_minute * 3));

        var cancelled = new List<bool>();
        foreach (var run in runs)
            cancelled.Add(await OutcomeAsync(engine, run) is RunOutcome.Cancelled);

        Assert.Equal([false, true, true, false], cancelled);
    }

    [Fact]
    public async Task A_condition_chooses_by_the_event()
    {
        await using var engine = new TestEngine();
        await engine.RegisterAsync("shop-f", "");
        var runs = await engine.SendAsync("""[{"name":"go","data":{"n":1}},{"name":"go","data":{"n":2}},{"name":"go","data":{}}]""");
        engine.Time.Advance(s_minute);

        Assert.Equal(1, await CancelAsync(engine, condition: "event.data.n > 1"));

        Assert.IsType<RunOutcome.Cancelled>(await OutcomeAsync(engine, runs[1]));
    }

    private static async Task<RunId> StartAsync(TestEngine engine, string function) => await engine.StartAsync(function);

    private static Task<int> CancelAsync(TestEngine engine, DateTimeOffset? after = null, DateTimeOffset? before = null, string? condition = null) => engine.Get<CancelRuns>().RunAsync(
        FunctionId.Parse("shop-f"), after, before ?? engine.Time.GetUtcNow(), condition is null ? null : Expression(condition), CancellationToken.None);

    private static MatchExpression Expression(string text)
    {
        Assert.True(MatchExpression.TryParse(text, MatchVariables.Event, out var expression, out _));
        return expression;
    }

    private static async Task<RunOutcome> OutcomeAsync(TestEngine engine, RunId id) => Assert.IsType<ReadRunOutcome.Found>(await engine.Storage.Runs.ReadAsync(id, CancellationToken.None)).Run.Outcome;
}
