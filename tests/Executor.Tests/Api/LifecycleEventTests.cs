using System.Text.Json;
using Stepwell.Executor.Operations;
using Stepwell.Executor.Runs;
using Stepwell.Protocol.Ids;

namespace Stepwell.Executor.Tests.Api;

/// <summary>What the end of a run starts.</summary>
public sealed class LifecycleEventTests
{
    private static readonly string s_listens = Conditional("shop-failure", "inngest/function.failed", "event.data.function_id == 'shop-f'");

    [Fact]
    public async Task A_trigger_with_a_condition_starts_its_function_where_the_condition_holds_and_nowhere_else()
    {
        await using var api = new TestApi();
        Assert.Equal(200, (await api.PostAsync("/fn/register", TestApi.Registration(Conditional("shop-f", "a", "event.data.n > 3")))).Status);

        var ids = (await api.PostAsync("/e/key", """[{"name":"a","data":{"n":3}},{"name":"a","data":{"n":4}},{"name":"a"}]""")).Ids;

        Assert.Empty((await api.GetAsync($"/v1/events/{ids[0]}/runs")).Data.EnumerateArray());
        Assert.Single((await api.GetAsync($"/v1/events/{ids[1]}/runs")).Data.EnumerateArray());
        Assert.Empty((await api.GetAsync($"/v1/events/{ids[2]}/runs")).Data.EnumerateArray());
    }

    [Fact]
    public async Task A_run_that_fails_starts_who_listens_for_it_once_with_the_error_and_its_event()
    {
        await using var api = new TestApi();
        var failed = await FailAsync(api, $"{TestApi.Function("shop-f", "a")},{s_listens}");

        var stored = Assert.Single((await api.GetAsync("/v1/events?name=inngest/function.failed")).Data.EnumerateArray());
        Assert.Equal(failed.Value, stored.GetProperty("id").GetString());
        var data = stored.GetProperty("data");
        Assert.Equal("Failed", data.GetProperty("_inngest").GetProperty("status").GetString());
        Assert.Equal("shop-f", data.GetProperty("function_id").GetString());
        Assert.Equal("broken", data.GetProperty("error").GetProperty("message").GetString());
        Assert.Equal("Error", data.GetProperty("error").GetProperty("error").GetString());
        Assert.Equal("a", data.GetProperty("event").GetProperty("name").GetString());
        var run = Assert.Single((await api.GetAsync($"/v1/events/{stored.GetProperty("internal_id").GetString()}/runs")).Data.EnumerateArray());
        Assert.Equal("shop-failure", run.GetProperty("function").GetString());
        Assert.Single(await api.MessagesAsync());
        Assert.Equal(run.GetProperty("run_id").GetString(), Assert.Single(await api.LiveAsync()).Run.Value);
    }

    [Fact]
    public async Task A_run_that_was_started_by_such_an_event_tells_nothing_and_one_that_nobody_listens_for_is_not_stored()
    {
        await using var api = new TestApi();
        await FailAsync(api, $"{TestApi.Function("shop-f", "a")},{s_listens}");
        await FailAsync(api, Assert.Single(await api.MessagesAsync()).Run);
        Assert.Single((await api.GetAsync("/v1/events?name=inngest/function.failed")).Data.EnumerateArray());

        await using var other = new TestApi();
        await FailAsync(other, TestApi.Function("shop-f", "a"));
        Assert.Single((await other.GetAsync("/v1/events")).Data.EnumerateArray());
        Assert.Empty(await other.LiveAsync());
    }

    [Fact]
    public async Task What_tools_of_the_public_SDKs_ask_over_GraphQL_is_answered()
    {
        await using var api = new TestApi();
        var run = await FailAsync(api, TestApi.Function("shop-f", "a"));
        var eventId = (await api.GetAsync("/v1/events")).Data[0].GetProperty("internal_id").GetString();

        var trace = await AskAsync("query ($runId: String!) { run(runID: $runId) { status trace { status outputID } } }", run.Value);
        Assert.Equal("FAILED", trace.GetProperty("run").GetProperty("trace").GetProperty("status").GetString());
        var output = trace.GetProperty("run").GetProperty("trace").GetProperty("outputID").GetString()!;
        var span = (await AskAsync("query ($id: String!) { runTraceSpanOutputByID(outputID: $id) { data error { message name } } }", output)).GetProperty("runTraceSpanOutputByID");
        Assert.Equal("broken", span.GetProperty("error").GetProperty("message").GetString());
        var happened = (await AskAsync("query ($id: ULID!) { eventV2(id: $id) { name runs { id } } }", eventId!)).GetProperty("eventV2");
        Assert.Equal(run.Value, Assert.Single(happened.GetProperty("runs").EnumerateArray()).GetProperty("id").GetString());
        Assert.Equal(JsonValueKind.Null, (await AskAsync("{ run(runID: $id) { status } }", "01ARZ3NDEKTSV4RRFFQ69G5FAV")).GetProperty("run").ValueKind);
        Assert.Equal(400, (await api.PostAsync("/v0/gql", """{"query":"{ apps }","variables":{"a":"b"}}""")).Status);
        Assert.Equal(400, (await api.PostAsync("/v0/gql", "nonsense")).Status);

        async Task<JsonElement> AskAsync(string query, string argument) =>
            (await api.PostAsync("/v0/gql", JsonSerializer.Serialize(new { query, variables = new { id = argument } }))).Data;
    }

    private static string Conditional(string id, string name, string condition) => TestApi.Function(id, name).Replace(
        $$"""{"event":"{{name}}"}""", $$"""{"event":"{{name}}","expression":"{{condition}}"}""", StringComparison.Ordinal);

    private static async Task<RunId> FailAsync(TestApi api, string functions)
    {
        Assert.Equal(200, (await api.PostAsync("/fn/register", TestApi.Registration(functions))).Status);
        await api.PostAsync("/e/key", """{"name":"a","data":{"n":1}}""");
        var run = Assert.Single(await api.MessagesAsync()).Run;
        await FailAsync(api, run);
        return run;
    }

    private static Task<Run?> FailAsync(TestApi api, RunId run)
    {
        var now = api.Time.GetUtcNow();
        var call = new CallKey(StepKey.Discovery, 0, 0, 0);
        return api.Get<ApplyFact>().ToAsync(
            run, new Fact.FunctionFailed(call, new CallTimes(now, now), RunFailures.Of("Error", "broken").ToJson()) { By = Handling.Outside }, CancellationToken.None);
    }
}
