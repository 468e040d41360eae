using Stepwell.Executor.Operations;
using Stepwell.Executor.Ports;
using Stepwell.Executor.Runs;
using Stepwell.Protocol.Ids;

namespace Stepwell.Executor.Tests.Operations;

/// <summary>A paused function: what would start it is skipped.</summary>
public sealed class PauseFunctionTests
{
    private static readonly FunctionId s_function = FunctionId.Parse("shop-f");

    [Fact]
    public async Task What_would_start_a_paused_function_is_skipped_and_says_so()
    {
        await using var engine = await CreateAsync();
        await SetAsync(engine, isPaused: true);

        var run = Assert.Single(await engine.SendAsync("""{"name":"go"}"""));

        var skipped = Assert.IsType<RunOutcome.Skipped>((await FindAsync(engine, run)).Outcome);
        Assert.Equal("its function is paused", skipped.Reason);
        Assert.Equal(0, await engine.WorkAsync());
        Assert.Empty(engine.Calls.Made);
    }

    [Fact]
    public async Task A_run_that_has_begun_goes_on()
    {
        await using var engine = await CreateAsync();
        var run = Assert.Single(await engine.SendAsync("""{"name":"go"}"""));

        await SetAsync(engine, isPaused: true);
        await engine.WorkAsync();

        Assert.IsType<RunOutcome.Completed>((await FindAsync(engine, run)).Outcome);
    }

    [Fact]
    public async Task It_stays_paused_when_its_app_registers_again_and_starts_again_when_it_is_resumed()
    {
        await using var engine = await CreateAsync();
        await SetAsync(engine, isPaused: true);
        await engine.RegisterAsync("shop-f", "");

        var skipped = Assert.Single(await engine.SendAsync("""{"name":"go"}"""));
        await SetAsync(engine, isPaused: false);
        var run = Assert.Single(await engine.SendAsync("""{"name":"go"}"""));

        Assert.IsType<RunOutcome.Skipped>((await FindAsync(engine, skipped)).Outcome);
        Assert.IsType<RunOutcome.Live>((await FindAsync(engine, run)).Outcome);
    }

    [Fact]
    public async Task A_paused_function_gathers_no_batch()
    {
        await using var engine = await CreateAsync(""","batchEvents":{"maxSize":10,"timeout":"5s"}""");
        await SetAsync(engine, isPaused: true);

        var runs = await engine.SendAsync("""[{"name":"go"},{"name":"go"}]""");

        Assert.Equal(2, runs.Distinct().Count());
    }

    [Fact]
    public async Task A_function_that_no_app_has_cannot_be_paused()
    {
        await using var engine = await CreateAsync();

        Assert.False(await engine.Get<PauseFunction>().SetAsync(FunctionId.Parse("shop-g"), true, CancellationToken.None));
    }

    private static async Task<TestEngine> CreateAsync(string more = "")
    {
        var engine = new TestEngine();
        await engine.RegisterAsync("shop-f", more);
        return engine;
    }

    private static async Task SetAsync(TestEngine engine, bool isPaused) => Assert.True(await engine.Get<PauseFunction>().SetAsync(s_function, isPaused, CancellationToken.None));

    private static async Task<Run> FindAsync(TestEngine engine, RunId id) => Assert.IsType<ReadRunOutcome.Found>(await engine.Storage.Runs.ReadAsync(id, CancellationToken.None)).Run;
}
