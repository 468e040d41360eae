using Stepwell.Protocol.Ids;

namespace Stepwell.Executor.Tests.Api;

public sealed class CheckpointApiTests
{
    private static readonly string s_key = StepKey.Hash("a").Value;

    [Fact]
    public async Task A_checkpointed_step_is_kept_before_it_is_answered_and_once()
    {
        await using var api = new TestApi();
        var run = await StartAsync(api);

        var sent = await PostAsync(api, run, "0.0", Step("{\"n\":1.0}"));
        Assert.Equal((200, ""), (sent.Status, sent.Text));
        Assert.Equal(200, (await PostAsync(api, run, "0.0", Step("2"))).Status);

        var step = Assert.Single((await api.GetAsync($"/v1/runs/{run}")).Data.GetProperty("steps").EnumerateArray());
        Assert.Equal("""{"n":1}""", step.GetProperty("output").GetRawText());
        Assert.Equal("Completed", step.GetProperty("status").GetString());
        Assert.Equal("2026-11-24T07:00:00.000Z", Assert.Single(step.GetProperty("attempts").EnumerateArray()).GetProperty("started_at").GetString());
    }

    [Fact]
    public async Task Another_dispatch_and_an_ended_run_are_answered_409_and_keep_nothing()
    {
        await using var api = new TestApi();
        var run = await StartAsync(api);

        Assert.Equal(409, (await PostAsync(api, run, "0.1", Step("1"))).Status);
        Assert.Equal(409, (await PostAsync(api, run, "1.0", Step("1"))).Status);
        await api.SendAsync("DELETE", $"/v1/runs/{run}");
        Assert.Equal(409, (await PostAsync(api, run, "0.0", Step("1"))).Status);
        Assert.Empty((await api.GetAsync($"/v1/runs/{run}")).Data.GetProperty("steps").EnumerateArray());
    }

    [Theory]
    [InlineData("nonsense", "cannot be read as a checkpoint")]
    [InlineData("""{"qi_id":"x","steps":[]}""", "qi_id is 'x'")]
    [InlineData("""{"steps":[]}""", "qi_id is ''")]
    [InlineData("""{"qi_id":"0.0","steps":[{"id":"86f7e437faa5a7fce15d1ddcb9eaeaea377667b8","op":"Sleep","name":"1h"}]}""", "the op 'Sleep'")]
    public async Task What_is_wrong_is_refused_with_a_sentence(string body, string sentence)
    {
        await using var api = new TestApi();
        var run = await StartAsync(api);

        var answer = await api.PostAsync($"/v1/checkpoint/{run}/async", body);

        Assert.Equal(400, answer.Status);
        Assert.Contains(sentence, answer.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_output_that_is_too_large_is_answered_413_and_a_run_that_is_unknown_404()
    {
        await using var api = new TestApi();
        var run = await StartAsync(api);

        Assert.Equal(413, (await PostAsync(api, run, "0.0", Step($"\"{new string('x', 4 * 1024 * 1024)}\""))).Status);
        Assert.Equal(404, (await PostAsync(api, "01ARZ3NDEKTSV4RRFFQ69G5FAV", "0.0", Step("1"))).Status);
        Assert.Equal(404, (await PostAsync(api, "nobody", "0.0", Step("1"))).Status);
    }

    private static async Task<string> StartAsync(TestApi api)
    {
        await api.RegisterAsync("a");
        await api.PostAsync("/e/key", """{"name":"a"}""");
        return Assert.Single(await api.MessagesAsync()).Run.Value;
    }

    private static Task<TestApi.Answer> PostAsync(TestApi api, string run, string dispatch, string step) =>
        api.PostAsync($"/v1/checkpoint/{run}/async", $$"""{"run_id":"{{run}}","fn_id":"f","qi_id":"{{dispatch}}","steps":[{{step}}],"ts":1}""");

    // 2026-11-24T07:00:00Z, and half a second.
    private static string Step(string data) =>
        $$$"""{"id":"{{{s_key}}}","op":"StepRun","name":"a","mode":"sync","rawArgs":["a",null],"data":{{{data}}},"timing":{"a":1795503600000000000,"b":500000000}}""";
}
