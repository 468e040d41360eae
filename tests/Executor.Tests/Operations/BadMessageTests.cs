using Microsoft.Extensions.Logging;
using Stepwell.Executor.Operations;
using Stepwell.Executor.Runs;
using Stepwell.Protocol.Ids;

namespace Stepwell.Executor.Tests.Operations;

public sealed class BadMessageTests
{
    [Theory]
    [InlineData(" ", "not a work message in JSON")]
    [InlineData("null", "it is null")]
    [InlineData("bm90IGpzb24=", "not a work message in JSON")]
    [InlineData("{}", "its version is 0")]
    [InlineData("""{"v":2,"id":"m0","run":"01ARZ3NDEKTSV4RRFFQ69G5FAV","items":["step"]}""", "its version is 2")]
    [InlineData("""{"v":1,"id":"m0","run":"01ARZ3NDEKTSV4RRFFQ69G5FAV","items":[]}""", "lacks an id, a run or items")]
    [InlineData("""{"v":1,"run":"01ARZ3NDEKTSV4RRFFQ69G5FAV","items":["step"]}""", "lacks an id, a run or items")]
    [InlineData("""{"v":1,"id":"m0","items":["step"]}""", "lacks an id, a run or items")]
    [InlineData("""{"v":1,"id":"m0","run":"not a run","items":["step"]}""", "not a work message in JSON")]
    [InlineData("""{"v":1,"id":"m0","run":"01ARZ3NDEKTSV4RRFFQ69G5FAV","items":["a/b"]}""", "not a work message in JSON")]
    public async Task A_message_that_cannot_be_read_is_dropped_and_its_problem_logged(string body, string problem)
    {
        await using var engine = new TestEngine();
        await engine.Storage.Queue.SendAsync(0, body, TimeSpan.Zero, CancellationToken.None);

        await engine.HandleAsync(await engine.ReceiveAsync());

        Assert.Equal(0, engine.Storage.Queue.Count);
        var line = Assert.Single(engine.Log.Lines, line => line.Level == LogLevel.Error);
        Assert.Contains(problem, line.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_given_up_that_holds_half_an_emoji_is_dropped_and_its_problem_logged()
    {
        await using var engine = new TestEngine();

        await engine.Get<GiveUpMessage>().HandleAsync("q1", "{\"v\":1,\ud83d}", CancellationToken.None);

        Assert.Contains("not a work message in JSON", Assert.Single(engine.Log.Lines, line => line.Level == LogLevel.Error).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_about_a_run_that_does_not_exist_is_dropped_with_a_warning()
    {
        await using var engine = new TestEngine();
        var run = RunId.Parse("01ARZ3NDEKTSV4RRFFQ69G5FAV");
        await engine.Get<WorkSender>().SendAsync(run, new Hint(MessageId.Numbered(3), [StepKey.Hash("a")], engine.Time.GetUtcNow()), CancellationToken.None);

        await engine.HandleAsync(await engine.ReceiveAsync());

        Assert.Equal(0, engine.Storage.Queue.Count);
        var line = Assert.Single(engine.Log.Lines, line => line.Level == LogLevel.Warning);
        Assert.Contains(run.Value, line.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_about_a_step_that_the_run_does_not_know_is_dropped()
    {
        await using var engine = new TestEngine();
        engine.Calls.Answer = Answers.Sleep("1h");
        var run = await engine.StartAsync();
        await engine.WorkAsync();
        var before = await engine.RunAsync(run);
        await engine.Get<WorkSender>().SendAsync(run, new Hint(MessageId.Numbered(99), [StepKey.Hash("unheard of")], engine.Time.GetUtcNow()), CancellationToken.None);

        await engine.HandleAsync(await engine.ReceiveAsync());

        Assert.Same(before, await engine.RunAsync(run));
        Assert.Equal(1, engine.Storage.Queue.Count);
    }

    [Fact]
    public async Task A_bad_message_does_not_keep_others_from_being_handled()
    {
        await using var engine = new TestEngine();
        engine.Calls.Answer = Answers.Sequence("a");
        await engine.Storage.Queue.SendAsync(0, "junk", TimeSpan.Zero, CancellationToken.None);
        var run = await engine.StartAsync();

        Assert.Equal(2, await engine.WorkAsync());

        Assert.Equal(RunStatus.Completed, (await engine.RunAsync(run)).Status);
    }
}
