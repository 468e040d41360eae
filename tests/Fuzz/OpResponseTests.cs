using System.Text.Json;
using Stepwell.Executor.Invocation;
using Stepwell.Executor.Ports;
using Stepwell.Executor.Runs;
using Stepwell.Fuzz.Tests.Generators;
using Stepwell.Fuzz.Tests.World;
using Stepwell.Protocol.Calls;
using Stepwell.Protocol.Json;
using Stepwell.Protocol.Ops;

namespace Stepwell.Fuzz.Tests;

/// <summary>Whatever an app answers to a call, it is a result, or an error that says what was wrong; and the run goes on or ends, and can be looked at.</summary>
public class OpResponseTests
{
    private const int MostDeliveries = 8;

    private static readonly DateTimeOffset s_now = new(2026, 11, 24, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Any_answer_is_a_result_or_an_error_that_says_what_was_wrong()
    {
        var (good, bad) = (0, 0);
        await Cases.CheckAsync(
            AnswerGrammar.Any,
            answer =>
            {
                var headers = answer.Headers.DistinctBy(header => header.Name).ToDictionary(header => header.Name, header => header.Value);
                switch (AnswerReading.Read(new RawAnswer(new Uri(ExecutorWorld.AppUrl), answer.Status, headers.GetValueOrDefault, answer.Body), s_now))
                {
                    case AppAnswer.Reported reported:
                        Assert.All(reported.Ops, RequireUsable);
                        Interlocked.Increment(ref good);
                        break;
                    case AppAnswer.Returned returned:
                        RequireCanonical(returned.Output);
                        Interlocked.Increment(ref good);
                        break;
                    case AppAnswer.Failed failed:
                        RequireTold(failed.Error, answer);
                        break;
                    case AppAnswer.Broken broken:
                        RequireTold(broken.Error, answer);
                        Interlocked.Increment(ref bad);
                        break;
                }
            },
            answer => answer.Print());

        Assert.True(!Cases.AreMany || (good > 100 && bad > 100), $"{good} good, {bad} bad");
    }

    [Fact]
    public async Task A_run_goes_on_or_ends_whatever_its_app_answers() => await Cases.CheckAsync(
        AnswerGrammar.Any,
        async answer =>
        {
            await using var world = new ExecutorWorld();
            await world.RegisterAsync();
            var run = await world.StartAsync();
            var answered = false;
            world.Answer = () =>
            {
                var next = answered ? ExecutorWorld.Returned : answer;
                answered = true;
                return next;
            };

            await world.WorkAsync(MostDeliveries);

            var shown = await world.AskAsync("GET", $"/v1/runs/{run}");
            Assert.Equal(200, shown.Status);
            if ((await world.RunAsync(run)).Outcome is RunOutcome.Failed failed)
                ClearSentence.RequireAny(Failure.FromJson(failed.Error).Message, failed.Error);

            var cancelled = await world.AskAsync("DELETE", $"/v1/runs/{run}");
            Assert.True(cancelled.IsDone());
            Assert.NotEqual(JsonValueKind.Null, cancelled.Json.GetProperty("data").GetProperty("ended_at").ValueKind);
            Assert.Empty(world.Log.Lines);
        },
        answer => answer.Print());

    private static void RequireUsable(Op op)
    {
        Assert.NotEmpty(op.Title);
        Assert.NotEmpty(op.Id.Value);
        if (op is UnknownOp unknown)
        {
            ClearSentence.Require(unknown.Problem);
            Assert.Contains($"'{unknown.Code}'", unknown.Problem, StringComparison.Ordinal);
        }

        RequireCanonical(op.Opts);
        if (op is StepRunOp run)
            RequireCanonical(run.Data);
        else if (op is StepErrorOp error)
            RequireCanonical(error.Error);
    }

    /// <summary>An error of the app's own is passed on as it is; one of ours says what came.</summary>
    private static void RequireTold(RawJson error, HttpAnswer answer)
    {
        RequireCanonical(error);
        var told = Failure.FromJson(error);
        if (told.Name is not ("StepwellBadAnswer" or "StepwellNotAnApp" or "StepwellAppError"))
            return;

        Assert.False(string.IsNullOrWhiteSpace(told.Message), $"{told.Name} says nothing.");
        if (told.Name != "StepwellAppError")
        {
            Assert.Contains(ExecutorWorld.AppUrl, told.Message, StringComparison.Ordinal);
            Assert.Contains(answer.Status == 201 ? "was answered " : $"was answered {answer.Status}", told.Message, StringComparison.Ordinal);
        }
    }

    private static void RequireCanonical(RawJson json) => Assert.Equal(json, CanonicalJson.Canonicalize(json.Utf8));
}
