using System.Text.Json;
using Stepwell.Sdk.Tests.World;

namespace Stepwell.Sdk.Tests.Context;

public class RunContextTests
{
    [Fact]
    public async Task It_says_which_run_and_which_attempt_this_is()
    {
        var app = TestApp.Serving((run, _) => Task.FromResult($"{run.RunId} {run.Attempt} of {run.MaxAttempts}"));

        Assert.Equal($"\"{Call.RunId} 2 of 7\"", (await app.CallAsync(new Call { Attempt = 2, MaxAttempts = 7 })).Result());
    }

    [Fact]
    public async Task A_steps_body_sees_the_attempt_of_the_step()
    {
        var app = TestApp.Serving((run, step) => Task.WhenAll(step.RunAsync("a", () => run.Attempt), step.RunAsync("b", () => 0)));

        var answer = await app.CallAsync(new Call { Step = "a", Attempt = 3, PlansOnly = true });

        Assert.Contains("\"data\":3", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_event_has_id_name_data_and_time()
    {
        Event<Started>? seen = null;
        var app = TestApp.Serving((run, _) => Task.FromResult((seen = run.Event) is not null));

        await app.DiscoverAsync();

        Assert.Equal(new Event<Started>("event-1", "shop/started", new Started(7, "Ada"), DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_000)), seen);
    }

    [Fact]
    public async Task All_events_of_a_batch_are_there_and_the_first_is_the_event()
    {
        var app = TestApp.Serving((run, _) => Task.FromResult(run.Events.Select(one => one.Data.Number).Append(run.Event.Data.Number)));

        var answer = await app.CallAsync(new Call
        {
            Events = [.. Enumerable.Range(1, 3).Select(number => $$$"""{"data":{"Number":{{{number}}}},"id":"e{{{number}}}","name":"shop/started"}""")],
        });

        Assert.Equal("[1,2,3,1]", answer.Result());
    }

    [Fact]
    public async Task An_events_data_may_be_read_as_plain_json()
    {
        var app = new TestApp();
        app.Client.CreateFunction(
            new FunctionOptions("function") { Triggers = [Trigger.On("shop/*")] },
            (RunContext<JsonElement> run, Step _) => Task.FromResult(run.Event.Data.GetProperty("Customer").GetString()));

        Assert.Equal("\"Ada\"", (await app.DiscoverAsync()).Result());
    }

    [Fact]
    public async Task Data_that_does_not_fit_the_events_type_fails_the_run_with_a_sentence()
    {
        var app = TestApp.Serving((run, _) => Task.FromResult(run.Event.Data.Number));

        var answer = await app.CallAsync(new Call { Events = ["""{"data":{"Number":"seven"},"id":"e","name":"shop/started"}"""] });

        Assert.Equal(400, answer.Status);
        Assert.Contains($"The data of event 'shop/started' cannot be read as {typeof(Started)}", answer.Failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_event_without_id_and_time_is_taken_as_it_is()
    {
        var app = TestApp.Serving((run, _) => Task.FromResult($"'{run.Event.Id}' {run.Event.Timestamp:yyyy}"));

        Assert.Equal("\"'' 0001\"", (await app.CallAsync(new Call { Events = ["""{"data":{},"id":5,"name":"shop/started","ts":"now"}"""] })).Result());
    }
}
