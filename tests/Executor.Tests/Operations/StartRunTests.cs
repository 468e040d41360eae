using Stepwell.Executor.Operations;
using Stepwell.Executor.Runs;
using Stepwell.Protocol.Ids;
using Stepwell.Protocol.Json;

namespace Stepwell.Executor.Tests.Operations;

public sealed class StartRunTests
{
    private static readonly IncomingEvent s_event = new("01ARZ3NDEKTSV4RRFFQ69G5FAV", "mine", "a", RawJson.FromString("""{"data":{},"id":"mine","name":"a","ts":1,"user":{}}"""));

    [Fact]
    public async Task A_run_is_in_the_live_index_before_it_exists()
    {
        await using var engine = new TestEngine();
        var function = await FunctionAsync(engine);
        engine.Ports.Fail("create");

        await Assert.ThrowsAsync<IOException>(() => engine.Get<StartRun>().CreateAsync(s_event, function, StartTerms.AtOnce, CancellationToken.None));

        Assert.Equal(RunIds.Of("mine", function.Id, 0), Assert.Single(await engine.LiveAsync()).Run);
        Assert.Equal(["live add", "create"], engine.Journal.Lines);
    }

    [Fact]
    public async Task A_start_that_takes_so_long_that_the_sweep_removed_its_row_writes_it_again()
    {
        await using var engine = new TestEngine();
        await using var other = new TestEngine(beside: engine);
        var function = await FunctionAsync(engine);
        engine.Ports.Before("create", async () =>
        {
            foreach (var _ in Enumerable.Range(0, 2))
            {
                engine.Time.Advance(TimeSpan.FromMinutes(2));
                other.Time.Advance(TimeSpan.FromMinutes(2));
                await other.Get<Sweep>().RunAsync(CancellationToken.None);
            }

            Assert.Empty(await engine.LiveAsync());
        });

        var run = await engine.Get<StartRun>().CreateAsync(s_event, function, StartTerms.AtOnce, CancellationToken.None);

        Assert.Equal(run.Id, Assert.Single(await engine.LiveAsync()).Run);
        // Nobody ever sends its message: the sweep does.
        Assert.Equal(1, await engine.Get<Sweep>().RunAsync(CancellationToken.None));
        await engine.WorkToEndAsync();
        Assert.Equal(RunStatus.Completed, (await engine.RunAsync(run.Id)).Status);
    }

    [Fact]
    public async Task A_start_whose_message_is_sent_twice_is_called_once()
    {
        await using var engine = new TestEngine();
        var function = await FunctionAsync(engine);
        var run = await engine.Get<StartRun>().CreateAsync(s_event, function, StartTerms.AtOnce, CancellationToken.None);
        // The first try took effect, though it seemed to fail.
        engine.Ports.Fail("send", afterEffect: true);

        await engine.Get<StartRun>().SendAsync(run, CancellationToken.None);

        Assert.Equal(2, engine.Storage.Queue.Count);
        await engine.WorkToEndAsync();
        Assert.Single(engine.Calls.Made);
        Assert.Equal(0, engine.Storage.Queue.Count);
    }

    private static async Task<RegisteredFunction> FunctionAsync(TestEngine engine)
    {
        await engine.RegisterAsync(functions: "shop-f");
        return (await engine.Get<AppDirectory>().FindAsync(FunctionId.Parse("shop-f"), CancellationToken.None))!;
    }
}
