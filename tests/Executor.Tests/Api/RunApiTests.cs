using System.Collections.Immutable;
using Stepwell.Executor.Ports;
using Stepwell.Executor.Runs;
using Stepwell.Protocol.Calls;
using Stepwell.Protocol.Ids;
using Stepwell.Protocol.Json;

namespace Stepwell.Executor.Tests.Api;

public sealed class RunApiTests
{
    private static readonly DateTimeOffset s_at = new(2026, 11, 24, 7, 0, 0, TimeSpan.Zero);
    private static readonly RunId s_id = RunId.Parse("01ARZ3NDEKTSV4RRFFQ69G5FAV");
    private static readonly RawJson s_error = RawJson.FromString("""{"message":"no","name":"Error"}""");

    [Fact]
    public async Task A_live_run_has_neither_output_nor_end()
    {
        await using var api = new TestApi();
        await StoreAsync(api, NewRun());

        var answer = await api.GetAsync($"/v1/runs/{s_id}");

        Assert.Equal(200, answer.Status);
        Assert.Equal(
            """{"run_id":"01ARZ3NDEKTSV4RRFFQ69G5FAV","run_started_at":"2026-11-24T07:00:00.000Z","ended_at":null,"status":"Scheduled","output":null,"function_id":"shop-f","function_version":1,"function":"shop-f","event_id":"01ARZ3NDEKTSV4RRFFQ69G5EVT","steps":[]}""",
            answer.Data.GetRawText());
        Assert.Equal("2026-11-24T08:00:00.000Z", answer.Json.GetProperty("metadata").GetProperty("fetched_at").GetString());
    }

    [Fact]
    public async Task Steps_are_shown_in_the_order_in_which_they_were_found_each_as_it_stands()
    {
        await using var api = new TestApi();
        var done = Step("done", 0, new StepState.Done(new Memo.Data(RawJson.FromString("""{"a":1}""")), 1, s_at)) with
        {
            Attempts = [new AttemptRecord(0, s_at, s_at.AddSeconds(1), s_error), new AttemptRecord(1, s_at.AddSeconds(2), s_at.AddSeconds(3))],
        };
        var failed = Step("failed", 1, new StepState.Done(new Memo.Error(s_error), 0, s_at));
        var slept = Step("slept", 2, new StepState.Done(Memo.Nothing, 2, s_at));
        var planned = Step("planned", 3, new StepState.Planned(0, s_at, MessageId.Start));
        var retrying = Step("retrying", 4, new StepState.Planned(2, s_at.AddHours(1), MessageId.Start));
        var sleeping = Step("sleeping", 5, new StepState.Sleeping(s_at.AddDays(1), MessageId.Start));
        var waiting = Step("waiting", 6, new StepState.Waiting(new Wait.Event("e", null), s_at.AddDays(2), MessageId.Start));
        var run = NewRun() with
        {
            StartedAt = s_at.AddSeconds(1),
            Steps = ImmutableSortedDictionary.CreateRange(new[] { waiting, done, sleeping, failed, slept, planned, retrying }.Select(step => KeyValuePair.Create(step.Key, step))),
            Stack = [failed.Key, done.Key, slept.Key],
        };
        await StoreAsync(api, run);

        var data = (await api.GetAsync($"/v1/runs/{s_id}")).Data;

        Assert.Equal("Running", data.GetProperty("status").GetString());
        var steps = data.GetProperty("steps").EnumerateArray().ToList();
        Assert.Equal(
            ["done Completed", "failed Failed", "slept Completed", "planned Planned", "retrying Retrying", "sleeping Sleeping", "waiting Waiting"],
            steps.Select(step => $"{step.GetProperty("name").GetString()} {step.GetProperty("status").GetString()}"));
        Assert.Equal(done.Key.Value, steps[0].GetProperty("id").GetString());
        Assert.Equal("StepRun", steps[0].GetProperty("op").GetString());
        Assert.Equal("""{"a":1}""", steps[0].GetProperty("output").GetRawText());
        Assert.Equal(
            """[{"attempt":0,"started_at":"2026-11-24T07:00:00.000Z","ended_at":"2026-11-24T07:00:01.000Z","error":{"message":"no","name":"Error"}},{"attempt":1,"started_at":"2026-11-24T07:00:02.000Z","ended_at":"2026-11-24T07:00:03.000Z"}]""",
            steps[0].GetProperty("attempts").GetRawText());
        Assert.Equal(s_error.ToString(), steps[1].GetProperty("error").GetRawText());
        Assert.False(steps[1].TryGetProperty("output", out _));
        Assert.Equal("null", steps[2].GetProperty("output").GetRawText());
        Assert.Equal("2026-11-24T08:00:00.000Z", steps[4].GetProperty("due_at").GetString());
        Assert.Equal("2026-11-25T07:00:00.000Z", steps[5].GetProperty("due_at").GetString());
    }

    [Fact]
    public async Task A_step_that_failed_inside_a_discovery_is_shown_while_it_is_retried()
    {
        await using var api = new TestApi();
        var retried = new RetriedStep(StepKey.Hash("mail"), "mail", [new AttemptRecord(0, s_at, s_at.AddSeconds(1), s_error)]);
        var run = NewRun();
        await StoreAsync(api, run with { Discovery = run.Discovery! with { Attempt = 1, Due = s_at.AddSeconds(9), Retrying = retried } });

        var step = Assert.Single((await api.GetAsync($"/v1/runs/{s_id}")).Data.GetProperty("steps").EnumerateArray());

        Assert.Equal("mail", step.GetProperty("name").GetString());
        Assert.Equal("Retrying", step.GetProperty("status").GetString());
        Assert.Equal("2026-11-24T07:00:09.000Z", step.GetProperty("due_at").GetString());
        Assert.Equal(s_error.ToString(), step.GetProperty("attempts")[0].GetProperty("error").GetRawText());
    }

    public static TheoryData<string, string, string> Ended => new()
    {
        { "completed", "Completed", "[1,2]" },
        { "failed", "Failed", """{"message":"no","name":"Error"}""" },
        { "cancelled", "Cancelled", "null" },
    };

    [Theory]
    [MemberData(nameof(Ended))]
    public async Task A_run_that_ended_shows_how_and_when(string how, string status, string output)
    {
        await using var api = new TestApi();
        var end = s_at.AddMinutes(5);
        RunOutcome outcome = how switch
        {
            "completed" => new RunOutcome.Completed(RawJson.FromString("[1,2]"), end),
            "failed" => new RunOutcome.Failed(s_error, end),
            _ => new RunOutcome.Cancelled("because", end),
        };
        await StoreAsync(api, NewRun() with { Outcome = outcome, Discovery = null });

        var data = (await api.GetAsync($"/v1/runs/{s_id}")).Data;

        Assert.Equal(status, data.GetProperty("status").GetString());
        Assert.Equal(output, data.GetProperty("output").GetRawText());
        Assert.Equal("2026-11-24T07:05:00.000Z", data.GetProperty("ended_at").GetString());
        if (how == "cancelled")
            Assert.Equal("because", data.GetProperty("cancelled_because").GetString());
    }

    [Fact]
    public async Task Cancelling_ends_a_run_and_says_so_and_a_second_time_changes_nothing()
    {
        await using var api = new TestApi();
        await api.RegisterAsync("a");
        var eventId = (await api.PostAsync("/e/any", """{"name":"a"}""")).Ids[0];
        var id = (await api.GetAsync($"/v1/events/{eventId}/runs")).Data[0].GetProperty("run_id").GetString();

        var cancelled = await api.SendAsync("DELETE", $"/v1/runs/{id}");
        api.Time.Advance(TimeSpan.FromMinutes(1));
        var again = await api.SendAsync("DELETE", $"/v1/runs/{id}");

        Assert.Equal(200, cancelled.Status);
        Assert.Equal("Cancelled", cancelled.Data.GetProperty("status").GetString());
        Assert.Equal(200, again.Status);
        Assert.Equal("2026-11-24T08:00:00.000Z", again.Data.GetProperty("ended_at").GetString());
        Assert.Equal("Cancelled", (await api.GetAsync($"/v1/events/{eventId}/runs")).Data[0].GetProperty("status").GetString());
        Assert.Empty(await api.LiveAsync());
    }

    [Fact]
    public async Task A_run_that_completed_stays_so_when_it_is_cancelled()
    {
        await using var api = new TestApi();
        await StoreAsync(api, NewRun() with { Outcome = new RunOutcome.Completed(RawJson.FromString("7"), s_at), Discovery = null });

        var answer = await api.SendAsync("DELETE", $"/v1/runs/{s_id}");

        Assert.Equal(200, answer.Status);
        Assert.Equal("Completed", answer.Data.GetProperty("status").GetString());
    }

    [Fact]
    public async Task An_app_fetches_the_memos_and_the_events_of_a_run()
    {
        await using var api = new TestApi();
        var data = Step("data", 0, new StepState.Done(new Memo.Data(RawJson.FromString("1")), 2, s_at));
        var error = Step("error", 1, new StepState.Done(new Memo.Error(s_error), 1, s_at));
        var sleep = Step("sleep", 2, new StepState.Done(Memo.Nothing, 0, s_at));
        var open = Step("open", 3, new StepState.Planned(0, s_at, MessageId.Start));
        await StoreAsync(api, NewRun() with
        {
            Steps = ImmutableSortedDictionary.CreateRange(new[] { data, error, sleep, open }.Select(step => KeyValuePair.Create(step.Key, step))),
            Stack = [sleep.Key, error.Key, data.Key],
        });

        var actions = await api.GetAsync($"/v0/runs/{s_id}/actions");
        var batch = await api.GetAsync($"/v0/runs/{s_id.Value.ToLowerInvariant()}/batch");

        Assert.Equal(3, actions.Json.EnumerateObject().Count());
        Assert.Equal("""{"data":1}""", actions.Json.GetProperty(data.Key.Value).GetRawText());
        Assert.Equal($$"""{"error":{{s_error}}}""", actions.Json.GetProperty(error.Key.Value).GetRawText());
        Assert.Equal("null", actions.Json.GetProperty(sleep.Key.Value).GetRawText());
        Assert.Equal("""[{"data":{},"name":"a"},{"data":{"half":"\ud800"},"name":"b"}]""", batch.Text);
    }

    [Theory]
    [InlineData("GET", "/v1/runs/{0}")]
    [InlineData("DELETE", "/v1/runs/{0}")]
    [InlineData("GET", "/v0/runs/{0}/actions")]
    [InlineData("GET", "/v0/runs/{0}/batch")]
    public async Task A_run_that_is_unknown_is_not_found(string method, string path)
    {
        await using var api = new TestApi();

        foreach (var id in new[] { s_id.Value, "nonsense", "a%2Fb" })
        {
            var answer = await api.SendAsync(method, path.Replace("{0}", id, StringComparison.Ordinal));

            Assert.Equal(404, answer.Status);
            Assert.Equal($"There is no run '{Uri.UnescapeDataString(id)}'.", answer.Error);
            Assert.Equal(404, answer.Json.GetProperty("status").GetInt32());
        }
    }

    private static async Task StoreAsync(TestApi api, Run run) =>
        Assert.IsType<CreateRunOutcome.Created>(await api.Storage.Runs.CreateAsync(run, CancellationToken.None));

    [Fact]
    public async Task A_run_before_its_first_answer_is_running_while_somebody_works_on_it()
    {
        await using var api = new TestApi();
        await StoreAsync(api, NewRun() with { Claims = NewRun().Claims.SetItem(MessageId.Start, api.Time.GetUtcNow().AddSeconds(10)) });

        Assert.Equal("Running", (await api.GetAsync($"/v1/runs/{s_id}")).Data.GetProperty("status").GetString());
        api.Time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal("Scheduled", (await api.GetAsync($"/v1/runs/{s_id}")).Data.GetProperty("status").GetString());
    }

    private static Run NewRun() => Starting.Create(
        s_id,
        FunctionId.Parse("shop-f"),
        "01ARZ3NDEKTSV4RRFFQ69G5EVT",
        [RawJson.FromString("""{"data":{},"name":"a"}"""), RawJson.FromString("""{"data":{"half":"\ud800"},"name":"b"}""")],
        5,
        s_at,
        TimeSpan.FromSeconds(30));

    private static Step Step(string name, int index, StepState state) => new()
    {
        Key = StepKey.Hash(name),
        Name = name,
        Op = "StepRun",
        Index = index,
        Origin = MessageId.Start,
        CreatedAt = s_at,
        State = state,
    };
}
