using System.Text.Json;
using Microsoft.Extensions.Logging;
using Stepwell.Protocol.Ops;
using Stepwell.Sdk.Tests.World;

namespace Stepwell.Sdk.Tests.Replay;

/// <summary>A call goes on after a step that it has run, where the executor takes checkpoints.</summary>
public sealed class CheckpointingTests : IAsyncLifetime
{
    private static readonly Call s_call = new() { Checkpoints = true };

    private readonly List<string> _journal = [];
    private int _status = 200;
    private RecordingServer _executor = null!;

    public async Task InitializeAsync() => _executor = await RecordingServer.StartAsync((request, _) =>
    {
        _journal.AddRange(JsonElement.Parse(request.Body).GetProperty("steps").EnumerateArray().Select(step => $"save {step.GetProperty("name")}"));
        return (_status, "");
    });

    public async Task DisposeAsync() => await _executor.DisposeAsync();

    [Fact]
    public async Task Each_step_is_durable_before_the_function_sees_its_result()
    {
        var app = Serving(async step =>
        {
            var one = await RunAsync(step, "one", 1);
            _journal.Add("see one");
            var two = await RunAsync(step, "two", 2);
            _journal.Add("see two");
            return one + two;
        });

        var answer = await app.CallAsync(s_call);

        Assert.Equal("3", answer.Result());
        Assert.Equal(["run one", "save one", "see one", "run two", "save two", "see two"], _journal);
    }

    [Fact]
    public async Task A_checkpoint_brings_back_what_the_call_carried_and_the_op_of_its_step()
    {
        var app = Serving(async step => await RunAsync(step, "one", 1) + await RunAsync(step, "two", 2));

        await app.CallAsync(s_call);

        var request = _executor.Requests[0];
        Assert.Equal(2, _executor.Requests.Count);
        Assert.Equal(("POST", $"/v1/checkpoint/{Call.RunId}/async"), (request.Method, request.Path));
        var body = JsonElement.Parse(request.Body);
        Assert.Equal(Call.RunId, body.GetProperty("run_id").GetString());
        Assert.Equal("shop-function", body.GetProperty("fn_id").GetString());
        Assert.Equal("2.3", body.GetProperty("qi_id").GetString());
        Assert.Equal("01M85TDC9C8FAPRGAAWQ6VY3Z1", body.GetProperty("request_id").GetString());
        Assert.Equal(3, body.GetProperty("generation_id").GetInt32());
        Assert.Equal(app.Time.GetUtcNow().ToUnixTimeMilliseconds(), body.GetProperty("ts").GetInt64());
        Assert.Equal(app.Time.GetUtcNow().ToUnixTimeMilliseconds(), body.GetProperty("request_started_at").GetInt64());
        var step = Assert.Single(body.GetProperty("steps").EnumerateArray());
        Assert.Equal("StepRun", step.GetProperty("op").GetString());
        Assert.Equal(1, step.GetProperty("data").GetInt32());
    }

    [Fact]
    public async Task Each_step_says_when_it_ran_and_how_long_whether_it_succeeds_or_throws()
    {
        TestApp app = null!;
        app = Serving(async step =>
        {
            await step.RunAsync("one", () => app.Time.Advance(TimeSpan.FromSeconds(2)));
            return await step.RunAsync("two", int () =>
            {
                app.Time.Advance(TimeSpan.FromSeconds(3));
                throw new InvalidOperationException("boom");
            });
        });
        var start = app.Time.GetUtcNow().ToUnixTimeMilliseconds() * 1_000_000;

        var failed = Assert.Single((await app.CallAsync(s_call)).Ops);

        var saved = JsonElement.Parse(Assert.Single(_executor.Requests).Body).GetProperty("steps")[0].GetProperty("timing");
        Assert.Equal((start, 2_000_000_000), (saved.GetProperty("a").GetInt64(), saved.GetProperty("b").GetInt64()));
        Assert.Equal(new OpTiming(start + 2_000_000_000, 3_000_000_000), failed.Timing);
    }

    [Fact]
    public async Task A_step_is_durable_before_what_the_executor_does_is_reported()
    {
        var app = Serving(async step =>
        {
            await RunAsync(step, "one", 1);
            await step.SleepAsync("nap", TimeSpan.FromHours(1));
            return 0;
        });

        Assert.Equal("Sleep nap", (await app.CallAsync(s_call)).Reported);
        Assert.Equal(["run one", "save one"], _journal);
    }

    [Fact]
    public async Task Parallel_steps_are_planned()
    {
        var app = Serving(async step =>
        {
            await RunAsync(step, "one", 1);
            return (await Task.WhenAll(RunAsync(step, "left", 1), RunAsync(step, "right", 2))).Sum();
        });

        Assert.Equal("StepPlanned left, StepPlanned right", (await app.CallAsync(s_call)).Reported);
        Assert.Equal(["run one", "save one"], _journal);
    }

    [Fact]
    public async Task A_step_that_throws_is_reported_with_those_before_it_durable()
    {
        var app = Serving(async step =>
        {
            await RunAsync(step, "one", 1);
            return await step.RunAsync("two", int () => throw new InvalidOperationException("boom"));
        });

        Assert.Equal("StepError two", (await app.CallAsync(s_call)).Reported);
        Assert.Equal(["run one", "save one"], _journal);
    }

    [Fact]
    public async Task A_function_that_throws_has_its_steps_durable_before()
    {
        var app = Serving(async step => await RunAsync(step, "one", 1) > 0 ? throw new InvalidOperationException("boom") : 0);

        var answer = await app.CallAsync(s_call);

        Assert.Equal((500, "boom"), (answer.Status, answer.Failure.Message));
        Assert.Equal(["run one", "save one"], _journal);
    }

    [Fact]
    public async Task A_step_that_nobody_awaits_fails_the_function_with_those_before_it_durable()
    {
        var app = Serving(async step =>
        {
            await RunAsync(step, "one", 1);
            _ = RunAsync(step, "forgotten", 2);
            return 0;
        });

        var answer = await app.CallAsync(s_call);

        Assert.Equal(400, answer.Status);
        Assert.Contains("'forgotten'", answer.Failure.Message, StringComparison.Ordinal);
        Assert.Equal(["run one", "save one"], _journal);
    }

    [Fact]
    public async Task A_function_goes_on_after_something_of_its_own_too()
    {
        var app = Serving(async step =>
        {
            await RunAsync(step, "one", 1);
            await Task.Run(() => { });
            return await RunAsync(step, "two", 2);
        });

        Assert.Equal("2", (await app.CallAsync(s_call)).Result());
        Assert.Equal(["run one", "save one", "run two", "save two"], _journal);
    }

    [Fact]
    public async Task A_function_that_goes_on_while_its_step_runs_ends_the_call_with_it()
    {
        // Later calls deliver the result first, and then whatever else the function waits for.
        var own = new TaskCompletionSource();
        var app = Serving(async step =>
        {
            var one = step.RunAsync("one", () =>
            {
                own.SetResult();
                return 1;
            });
            await own.Task;
            return await one + await RunAsync(step, "two", 2);
        });

        Assert.Equal("StepRun one", (await app.CallAsync(s_call)).Reported);
        Assert.Empty(_journal);
    }

    [Fact]
    public async Task A_call_whose_place_another_has_taken_ends_without_running_more()
    {
        _status = 409;
        var app = Serving(async step => await RunAsync(step, "one", 1) + await RunAsync(step, "two", 2));

        var answer = await app.CallAsync(s_call);

        Assert.Equal((400, "true"), (answer.Status, answer.NoRetry));
        Assert.Contains("the run has ended", answer.Failure.Message, StringComparison.Ordinal);
        Assert.Equal(["run one", "save one"], _journal);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(404)]
    [InlineData(413)]
    public async Task A_step_whose_checkpoint_is_refused_is_the_answer_of_the_call(int status)
    {
        _status = status;
        var app = Serving(async step => await RunAsync(step, "one", 1) + await RunAsync(step, "two", 2));

        Assert.Equal("StepRun one", (await app.CallAsync(s_call)).Reported);
        Assert.Equal(["run one", "save one"], _journal);
    }

    [Fact]
    public async Task An_executor_that_took_none_gets_none_from_the_next_call()
    {
        _status = 404;
        var app = Serving(async step => await RunAsync(step, "one", 1) + await RunAsync(step, "two", 2));
        await app.CallAsync(s_call);

        Assert.Equal("StepRun one", (await app.CallAsync(s_call)).Reported);
        Assert.Single(_executor.Requests);

        app.Time.Advance(TimeSpan.FromMinutes(1));
        await app.CallAsync(s_call);
        Assert.Equal(2, _executor.Requests.Count);
    }

    [Fact]
    public async Task Steps_after_a_minute_are_for_another_call()
    {
        TestApp app = null!;
        app = Serving(async step =>
        {
            await RunAsync(step, "one", 1);
            return await step.RunAsync("long", () =>
            {
                app.Time.Advance(TimeSpan.FromMinutes(1));
                return 2;
            }) + await RunAsync(step, "two", 2);
        });

        Assert.Equal("StepRun long", (await app.CallAsync(s_call)).Reported);
        Assert.Equal(["run one", "save one"], _journal);
    }

    public static TheoryData<string> Classic => ["not offered", "second attempt", "planning", "switched off"];

    [Theory]
    [MemberData(nameof(Classic))]
    public async Task The_call_ends_with_its_first_step_where_it_is(string what)
    {
        var app = new TestApp(_executor.Dev with { Checkpointing = what != "switched off" });
        Add(app, async step => await RunAsync(step, "one", 1) + await RunAsync(step, "two", 2));

        var answer = await app.CallAsync(s_call with { Checkpoints = what != "not offered", Attempt = what == "second attempt" ? 1 : 0, PlansOnly = what == "planning" });

        Assert.Equal(what == "planning" ? "StepPlanned one" : "StepRun one", answer.Reported);
        Assert.Empty(_executor.Requests);
    }

    [Fact]
    public async Task A_call_for_one_step_runs_that_one_alone()
    {
        var app = Serving(async step => (await Task.WhenAll(RunAsync(step, "left", 1), RunAsync(step, "right", 2))).Sum());

        Assert.Equal("StepRun right", (await app.CallAsync(s_call with { Step = "right" })).Reported);
        Assert.Equal(["run right"], _journal);
    }

    [Fact]
    public async Task Memos_that_came_with_the_call_are_delivered_first()
    {
        var app = Serving(async step => await RunAsync(step, "one", 1) + await RunAsync(step, "two", 2) + await RunAsync(step, "three", 3));

        var answer = await app.CallAsync(s_call with { Settled = [Settled.With("one", 10)] });

        Assert.Equal(["run two", "save two", "run three", "save three"], _journal);
        Assert.Equal("15", answer.Result());
    }

    [Fact]
    public async Task Steps_of_the_same_id_are_told_apart()
    {
        var app = Serving(async step => await RunAsync(step, "same", 1) + await RunAsync(step, "same", 2));

        Assert.Equal("3", (await app.CallAsync(s_call)).Result());
        Assert.Equal(2, _executor.Requests.Select(request => JsonElement.Parse(request.Body).GetProperty("steps")[0].GetProperty("id").GetString()).Distinct().Count());
    }

    [Fact]
    public async Task A_result_is_read_as_a_later_call_would_read_it()
    {
        var seen = new List<Started>();
        var app = new TestApp(_executor.Dev);
        var made = new Started(7, "Ada");
        app.Client.CreateFunction(new FunctionOptions("function"), async (RunContext<Started> _, Step step) => seen.Add(await step.RunAsync("one", () => made)));

        await app.CallAsync(s_call);

        Assert.Equal(made, Assert.Single(seen));
        Assert.NotSame(made, seen[0]);
    }

    [Fact]
    public async Task Lines_are_logged_once_and_in_order()
    {
        var app = new TestApp(_executor.Dev);
        app.Client.CreateFunction(new FunctionOptions("function"), async (RunContext<Started> run, Step step) =>
        {
            Say(run, "begun");
            await RunAsync(step, "one", 1);
            Say(run, "after one");
            await RunAsync(step, "two", 2);
            Say(run, "after two");
        });

        // The memo of a step that is no longer in the code never comes.
        await app.CallAsync(s_call with { Settled = [Settled.With("removed", 1)] });

        Assert.Equal(["begun", "after one", "after two"], app.Log.Lines);
    }

    private TestApp Serving(Func<Step, Task<int>> body, RecordingServer? executor = null)
    {
        var app = new TestApp((executor ?? _executor).Dev);
        Add(app, body);
        return app;
    }

    private static void Add(TestApp app, Func<Step, Task<int>> body) =>
        app.Client.CreateFunction(new FunctionOptions("function"), (RunContext<Started> _, Step step) => body(step));

    private static void Say(RunContext<Started> run, string line) => run.Logger.Log(LogLevel.Information, 0, line, null, (text, _) => text);

    private Task<int> RunAsync(Step step, string id, int result) => step.RunAsync(id, () =>
    {
        _journal.Add($"run {id}");
        return result;
    });
}
