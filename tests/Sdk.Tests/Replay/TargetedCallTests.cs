using System.Text.Json;
using Stepwell.Protocol;
using Stepwell.Protocol.Calls;
using Stepwell.Protocol.Ids;
using Stepwell.Sdk.Tests.World;

namespace Stepwell.Sdk.Tests.Replay;

/// <summary>A call for one step runs that step and nothing else.</summary>
public class TargetedCallTests
{
    [Fact]
    public async Task Only_the_step_asked_for_is_run()
    {
        var ran = new List<string>();
        var app = TestApp.Serving((_, step) => Task.WhenAll(
            step.RunAsync("a", () => ran.Add("a")), step.RunAsync("b", () => ran.Add("b")), step.RunAsync("c", () => ran.Add("c"))));

        var answer = await app.RunStepAsync("b");

        Assert.Equal("StepRun b", answer.Reported);
        Assert.Equal(["b"], ran);
    }

    [Fact]
    public async Task A_repetition_is_asked_for_by_its_number()
    {
        var app = TestApp.Serving((_, step) => Task.WhenAll(Enumerable.Range(0, 4).Select(i => step.RunAsync("same", () => i))));

        Assert.Contains("\"data\":2", (await app.RunStepAsync("same:2")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_step_after_settled_ones_is_found()
    {
        var app = TestApp.Serving(async (_, step) =>
        {
            var numbers = await Task.WhenAll(step.RunAsync("a", () => 1), step.RunAsync("b", () => 2));
            return await Task.WhenAll(step.RunAsync("c", () => numbers.Sum()), step.RunAsync("d", () => 0));
        });

        var answer = await app.RunStepAsync("c", Settled.With("b", 20), Settled.With("a", 10));

        Assert.Equal("StepRun c", answer.Reported);
        Assert.Contains("\"data\":30", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_step_that_has_its_memo_already_is_answered_with_nothing()
    {
        var ran = false;
        var app = TestApp.Serving((_, step) => step.RunAsync("a", () => ran = true));

        var answer = await app.RunStepAsync("a", Settled.With("a", true));

        Assert.Equal(206, answer.Status);
        Assert.Equal("[]", answer.Body);
        Assert.False(ran);
    }

    [Fact]
    public async Task A_sleep_asked_for_is_reported_again()
    {
        var app = TestApp.Serving((_, step) => Task.WhenAll(step.SleepAsync("pause", TimeSpan.FromHours(1)), step.RunAsync("a", () => 1)));

        Assert.Equal("Sleep pause", (await app.RunStepAsync("pause")).Reported);
    }

    [Fact]
    public async Task A_step_that_the_function_does_not_come_to_is_looked_for_for_ten_seconds()
    {
        var app = TestApp.Serving((_, step) => Task.WhenAll(step.RunAsync("a", () => 1), step.RunAsync("a", () => 1)));

        var call = app.RunStepAsync("gone");
        var answer = await AfterAsync(app, call, TimeSpan.FromSeconds(10));

        Assert.Equal(500, answer.Status);
        Assert.Equal("false", answer.NoRetry);
        var reply = JsonSerializer.Deserialize(answer.Body, ProtocolJson.Default.StepNotFoundReply)!;
        Assert.Equal(StepKey.Hash("gone").Value, reply.RequestedStep);
        Assert.Equal($"Could not find step \"{StepKey.Hash("gone")}\" to run; timed out. Found new steps: a, a", reply.Error);
        Assert.Equal([new FoundStep(StepKey.Hash("a").Value, "a", "a"), new FoundStep(StepKey.Hash("a:1").Value, "a", "a")], reply.FoundSteps);
        Assert.Equal(2, reply.TotalFoundSteps);
    }

    [Fact]
    public async Task At_most_twenty_five_found_steps_are_shown()
    {
        var app = TestApp.Serving((_, step) => Task.WhenAll(Enumerable.Range(0, 40).Select(i => step.RunAsync($"s{i}", () => i))));

        var answer = await AfterAsync(app, app.RunStepAsync("gone"), TimeSpan.FromSeconds(10));

        var reply = JsonSerializer.Deserialize(answer.Body, ProtocolJson.Default.StepNotFoundReply)!;
        Assert.Equal(25, reply.FoundSteps.Count);
        Assert.Equal(40, reply.TotalFoundSteps);
    }

    [Fact]
    public async Task A_step_that_appears_while_it_is_looked_for_is_run()
    {
        var gate = new TaskCompletionSource();
        var waits = new TaskCompletionSource();
        var app = TestApp.Serving(async (_, step) =>
        {
            waits.SetResult();
            await gate.Task;
            return await step.RunAsync("late", () => 1);
        });

        var call = app.RunStepAsync("late");
        await waits.Task.WaitAsync(TimeSpan.FromSeconds(30));
        gate.SetResult();

        Assert.Equal("StepRun late", (await call).Reported);
    }

    [Fact]
    public async Task When_the_function_ends_without_the_step_its_end_is_the_answer()
    {
        Assert.Equal("1", (await TestApp.Serving((_, _) => Task.FromResult(1)).RunStepAsync("gone")).Result());

        var failed = await TestApp.Serving(Task<int> (_, _) => throw new NonRetriableException("no way")).RunStepAsync("gone");
        Assert.Equal((400, "true"), (failed.Status, failed.NoRetry));
        Assert.Equal("no way", failed.Failure.Message);
    }

    [Fact]
    public async Task Asked_whether_it_has_returned_a_function_that_has_says_so_and_one_that_has_not_answers_at_once()
    {
        const string Returned = "stepwell:has-the-function-returned";
        Assert.Equal(StepKey.Returned, StepKey.Hash(Returned));
        var ran = false;
        var app = TestApp.Serving(async (_, step) =>
        {
            await Task.WhenAny(step.RunAsync("fast", () => ran = true), step.SleepAsync("slow", TimeSpan.FromHours(1)));
            return "done";
        });

        Assert.Equal("\"done\"", (await app.RunStepAsync(Returned, Settled.With("fast", true))).Result());
        var answer = await app.RunStepAsync(Returned);
        Assert.Equal((500, "false"), (answer.Status, answer.NoRetry));
        Assert.False(ran);
    }

    /// <summary>Requires that the app answers after so much time of its clock, and not before.</summary>
    private static async Task<Answer> AfterAsync(TestApp app, Task<Answer> call, TimeSpan expected)
    {
        app.Time.Advance(expected - TimeSpan.FromMilliseconds(1));
        for (var i = 0; i < 100; i++)
            await Task.Yield();

        Assert.False(call.IsCompleted);
        app.Time.Advance(TimeSpan.FromMilliseconds(1));
        return await call.WaitAsync(TimeSpan.FromSeconds(30));
    }
}
