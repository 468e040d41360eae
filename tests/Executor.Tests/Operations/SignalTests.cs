using Stepwell.Executor.Operations;
using Stepwell.Executor.Runs;
using Stepwell.Protocol.Ids;
using Stepwell.Protocol.Json;

namespace Stepwell.Executor.Tests.Operations;

/// <summary>Signals: one run at a time waits for a name.</summary>
public sealed class SignalTests
{
    [Fact]
    public async Task A_signal_wakes_the_run_that_waits_for_it_and_is_its_result()
    {
        await using var engine = new TestEngine();
        var run = await WaitAsync(engine);

        Assert.Equal(run, await SendAsync(engine, "7"));
        await engine.WorkAsync();

        Assert.Equal("""{"data":{"data":7,"signal":"go"}}""", await OutputAsync(engine, run));
        Assert.Equal(0, engine.Storage.Waits.Count);
    }

    [Fact]
    public async Task A_signal_that_nobody_waits_for_goes_nowhere()
    {
        await using var engine = new TestEngine();
        Assert.Null(await SendAsync(engine, "7"));

        await WaitAsync(engine);
        Assert.NotNull(await SendAsync(engine, "1"));
        // The first is what the run gets, so nobody waits any more.
        Assert.Null(await SendAsync(engine, "2"));
    }

    [Fact]
    public async Task A_second_run_that_waits_for_the_name_fails()
    {
        await using var engine = new TestEngine();
        var first = await WaitAsync(engine);
        var second = await WaitAsync(engine);

        Assert.Contains($"Signal conflict; signal wait already exists for another run: 'go' is waited for by run {first}.", await OutputAsync(engine, second), StringComparison.Ordinal);
        Assert.Equal(first, await SendAsync(engine, "7"));
    }

    [Fact]
    public async Task A_second_run_that_replaces_the_first_gets_the_signal_and_the_first_waits_in_vain()
    {
        await using var engine = new TestEngine();
        var first = await WaitAsync(engine);
        var second = await WaitAsync(engine, replace: true);

        Assert.Equal(second, await SendAsync(engine, "7"));
        await engine.WorkToEndAsync();

        Assert.Equal("""{"data":{"data":7,"signal":"go"}}""", await OutputAsync(engine, second));
        Assert.Equal("null", await OutputAsync(engine, first));
    }

    [Fact]
    public async Task A_run_that_has_ended_holds_no_name()
    {
        await using var engine = new TestEngine();
        var first = await WaitAsync(engine);
        // As if whoever cancelled it had died before it could remove the wait.
        engine.Waits.Fail("remove");
        await Assert.ThrowsAsync<IOException>(() => engine.Get<CancelRun>().CancelAsync(first, "asked", CancellationToken.None));

        var second = await WaitAsync(engine);

        Assert.Equal(second, await SendAsync(engine, "7"));
    }

    [Fact]
    public async Task A_signal_that_comes_between_the_writing_of_the_wait_and_the_commit_is_not_missed()
    {
        await using var engine = new TestEngine();
        engine.Waits.After("add", async () => Assert.NotNull(await SendAsync(engine, "7")));

        var run = await WaitAsync(engine);

        Assert.Equal("""{"data":{"data":7,"signal":"go"}}""", await OutputAsync(engine, run));
    }

    private static async Task<RunId> WaitAsync(TestEngine engine, bool replace = false)
    {
        engine.Calls.Answer = Answers.Wait(Answers.Signalled("wait", "go", replace));
        var run = await engine.StartAsync();
        await engine.WorkAsync();
        return run;
    }

    private static Task<RunId?> SendAsync(TestEngine engine, string data) =>
        engine.Get<SendSignal>().SendAsync("go", RawJson.FromString($$"""{"data":{{data}},"signal":"go"}"""), CancellationToken.None);

    private static async Task<string> OutputAsync(TestEngine engine, RunId run) =>
        Assert.IsType<RunOutcome.Completed>((await engine.RunAsync(run)).Outcome).Output.ToString();
}
