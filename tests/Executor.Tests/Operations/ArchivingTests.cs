using Stepwell.Executor.Operations;
using Stepwell.Executor.Ports;
using Stepwell.Executor.Runs;
using Stepwell.Executor.Tests.Api;
using Stepwell.Protocol.Ids;
using Stepwell.Protocol.Registration;

namespace Stepwell.Executor.Tests.Operations;

/// <summary>Functions and apps that a later registration no longer names.</summary>
public sealed class ArchivingTests
{
    private static readonly DateTimeOffset s_first = new(2026, 11, 24, 8, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset s_second = s_first.AddHours(1);
    private static readonly DateTimeOffset s_third = s_first.AddHours(2);

    [Fact]
    public void A_function_that_is_registered_no_more_is_archived_since_then()
    {
        var second = Archiving.Succeed(App(s_first, "a", "b"), App(s_second, "a", "c"));
        Assert.Equal(new ArchivedFunction("b", s_second), Assert.Single(second.Archived));

        var third = Archiving.Succeed(second, App(s_third, "c"));
        Assert.Equal([new ArchivedFunction("b", s_second), new ArchivedFunction("a", s_third)], third.Archived.AsEnumerable());
    }

    [Fact]
    public void A_function_that_registers_again_is_archived_no_longer()
    {
        var archived = Archiving.Succeed(App(s_first, "a", "b"), App(s_second, "a"));

        Assert.Empty(Archiving.Succeed(archived, App(s_third, "a", "b")).Archived);
        Assert.Empty(Archiving.Succeed(null, App(s_first, "a")).Archived);
    }

    [Fact]
    public void An_app_whose_URL_another_app_takes_loses_all_functions()
    {
        var old = App(s_first, "a", "b") with { Id = "old", Archived = [new ArchivedFunction("c", s_first)] };
        var elsewhere = App(s_first, "d") with { Id = "elsewhere", Url = "http://127.0.0.1:9/other" };
        var renamed = App(s_second, "e") with { Id = "new", Url = $"{TestEngine.AppUrl}?deployId=dpl_7" };

        var displaced = Assert.Single(Archiving.Displaced([old, elsewhere, renamed with { RegisteredAt = s_first }], renamed));

        Assert.Equal("old", displaced.Id);
        Assert.Empty(displaced.Functions);
        Assert.Equal(["a", "b", "c"], displaced.Archived.Select(function => function.Id).Order(StringComparer.Ordinal));
        Assert.Empty(Archiving.Displaced([displaced], renamed));
    }

    [Fact]
    public async Task A_live_run_of_an_archived_function_fails_without_a_call_or_a_retry()
    {
        await using var engine = new TestEngine();
        var run = await engine.StartAsync();
        await RegisterAsync(engine, "shop-g");

        await engine.WorkAsync();

        Assert.Empty(engine.Calls.Made);
        var failed = Assert.IsType<RunOutcome.Failed>((await engine.RunAsync(run)).Outcome);
        Assert.Contains("\"name\":\"StepwellFunctionArchived\"", failed.Error.ToString(), StringComparison.Ordinal);
        Assert.Contains($"'shop-f' is archived: app 'app at {TestEngine.AppUrl}' registered without it at", failed.Error.ToString(), StringComparison.Ordinal);
        Assert.Empty(await engine.LiveAsync());
    }

    [Fact]
    public async Task A_sleeping_run_of_an_archived_function_fails_when_it_wakes()
    {
        await using var engine = new TestEngine();
        engine.Calls.Answer = Answers.Sleep("2d");
        var run = await engine.StartAsync();
        await engine.WorkAsync();
        await RegisterAsync(engine, "shop-g");
        Assert.Equal(RunStatus.Running, (await engine.RunAsync(run)).Status);

        await engine.WorkToEndAsync();

        Assert.Single(engine.Calls.Made);
        Assert.IsType<RunOutcome.Failed>((await engine.RunAsync(run)).Outcome);
    }

    [Fact]
    public async Task A_planned_step_of_an_archived_function_is_not_called_and_its_run_fails()
    {
        await using var engine = new TestEngine();
        engine.Calls.Answer = async (call, cancel) =>
        {
            if (!call.Item.IsDiscovery)
                return Answers.Broken("not yet");

            await Task.CompletedTask;
            return await Answers.Parallel(2)(call, cancel);
        };
        var run = await engine.StartAsync();
        await engine.WorkAsync();
        var made = engine.Calls.Made.Count;
        await RegisterAsync(engine, "shop-g");

        await engine.WorkToEndAsync();

        Assert.Equal(made, engine.Calls.Made.Count);
        Assert.Contains("archived", Assert.IsType<RunOutcome.Failed>((await engine.RunAsync(run)).Outcome).Error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_function_that_registers_again_in_another_process_is_called_though_the_copy_here_is_old()
    {
        await using var engine = new TestEngine();
        engine.Calls.Answer = Answers.Sequence("a");
        var run = await engine.StartAsync();
        await RegisterAsync(engine, "shop-g");
        var directory = engine.Get<AppDirectory>();
        Assert.Null(await directory.FindAsync(FunctionId.Parse("shop-f"), CancellationToken.None));
        await using var other = new TestEngine(beside: engine);
        await RegisterAsync(other, "shop-f", "shop-g");

        await engine.WorkToEndAsync();

        Assert.Equal(RunStatus.Completed, (await engine.RunAsync(run)).Status);
    }

    [Fact]
    public async Task An_event_starts_no_archived_function()
    {
        await using var api = new TestApi();
        await api.RegisterAsync("a");

        await api.PostAsync("/fn/register", TestApi.Registration(TestApi.Function("renamed-a", "a"), app: "renamed"));

        var id = (await api.PostAsync("/e/any", """{"name":"a"}""")).Ids[0];
        var run = Assert.Single((await api.GetAsync($"/v1/events/{id}/runs")).Data.EnumerateArray());
        Assert.Equal("renamed-a", run.GetProperty("function").GetString());
        Assert.Equal(["renamed-a"], (await api.GetAsync("/dev")).Json.GetProperty("functions").EnumerateArray().Select(function => function.GetProperty("id").GetString()));
    }

    private static Task<bool> RegisterAsync(TestEngine engine, params string[] functions) => engine.Get<SyncApp>().RegisterAsync(
        new RegisterRequest { AppName = $"app at {TestEngine.AppUrl}", Url = TestEngine.AppUrl, Functions = [.. functions.Select(Function)] }, CancellationToken.None);

    private static RegisteredApp App(DateTimeOffset at, params string[] functions) => new("shop", TestEngine.AppUrl, "test:v1", null, at, [.. functions.Select(Function)]);

    private static FunctionConfig Function(string id) => new()
    {
        Id = id,
        Name = id,
        Triggers = [new TriggerConfig { Event = "a" }],
        Steps = new Dictionary<string, StepConfig> { ["step"] = new("step", "step", new RuntimeConfig("http", $"{TestEngine.AppUrl}?fnId={id}&stepId=step"), new RetriesConfig(4)) },
    };
}
