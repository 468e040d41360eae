using System.Text;
using System.Text.Json;
using Stepwell.Bench.Core.Codecs;
using Stepwell.Bench.Core.Matching;
using Stepwell.Bench.Core.Replay;
using Stepwell.Bench.Core.Runs;
using Stepwell.Executor.Matching;
using Stepwell.Executor.Ports;
using Stepwell.Executor.Runs;
using Stepwell.Protocol.Ops;
using Stepwell.Testing.Azurite;

namespace Stepwell.EndToEnd.Tests.Bench;

/// <summary>The benchmarks of the parts do what they say that they measure.</summary>
public sealed class CoreBenchmarkTests
{
    [Theory]
    [InlineData(10)]
    [InlineData(1_000)]
    public void The_decider_settles_one_more_step(int steps)
    {
        var benchmark = new DeciderBenchmark { Steps = steps };
        benchmark.SetUp();

        var inSequence = benchmark.InSequence().Run;
        Assert.Equal(steps, inSequence.Stack.Count);
        Assert.NotNull(inSequence.Discovery);

        var sideBySide = benchmark.SideBySide().Run;
        Assert.Equal((steps / 2) + 1, sideBySide.Stack.Count);
        Assert.Equal(steps, sideBySide.Steps.Count);
        Assert.Null(sideBySide.Discovery);
    }

    [Fact]
    public void The_decider_plans_what_was_found()
    {
        var benchmark = new DiscoveryDeciderBenchmark { Steps = 100 };
        benchmark.SetUp();

        Assert.Equal(100, benchmark.Found().Run.Steps.Values.Count(step => step.State is StepState.Planned));
    }

    [Fact]
    public void Answers_are_read_as_ops()
    {
        var benchmark = new AnswerBenchmark();
        benchmark.SetUp();

        Assert.IsType<StepRunOp>(Assert.Single(Assert.IsType<AppAnswer.Reported>(benchmark.ReadRan()).Ops));
        Assert.Equal(100, Assert.IsType<AppAnswer.Reported>(benchmark.ReadFound()).Ops.OfType<StepPlannedOp>().Count());
    }

    [Theory]
    [InlineData(10)]
    [InlineData(1_000)]
    public void A_call_carries_all_results(int steps)
    {
        var benchmark = new CallBodyBenchmark { Steps = steps };
        benchmark.SetUp();

        using var body = JsonDocument.Parse(benchmark.Write());
        Assert.Equal(steps, body.RootElement.GetProperty("steps").EnumerateObject().Count());
    }

    [Fact]
    public void Canonical_json_is_the_same_however_it_was_written()
    {
        var benchmark = new CanonicalJsonBenchmark();
        benchmark.SetUp();

        Assert.StartsWith("""[{"data":{"amount":0.5,""", benchmark.Written().ToString(), StringComparison.Ordinal);
        Assert.Equal(benchmark.Written(), benchmark.Canonical());
    }

    [Fact]
    public void All_events_of_a_request_are_read()
    {
        var benchmark = new EventRequestBenchmark { Events = 100 };
        benchmark.SetUp();

        Assert.Equal(100, benchmark.Read().Select(happened => happened.Id).Distinct().Count());
    }

    [Theory]
    [InlineData(10)]
    [InlineData(1_000)]
    public async Task A_run_comes_back_from_its_rows(int steps)
    {
        var benchmark = new RunRowsBenchmark { Steps = steps };
        await benchmark.SetUpAsync();

        Assert.IsType<CommitRunOutcome.Committed>(await benchmark.CommitAsync());
        Assert.Equal(steps + 2, (await benchmark.WriteAsync()).Count);
        Assert.Equal(steps, (await benchmark.ReadAsync()).Stack.Count);
    }

    [Fact]
    public void A_message_is_read_as_it_was_written()
    {
        var benchmark = new WorkMessageBenchmark { Items = 32 };
        benchmark.SetUp();

        var read = benchmark.Read();
        Assert.Equal(32, read.Items.Length);
        Assert.All(read.Items, item => Assert.Contains(item.Value, benchmark.Write(), StringComparison.Ordinal));
    }

    [Fact]
    public void An_expression_is_parsed_each_time_found_again_and_true()
    {
        var benchmark = new ExpressionBenchmark();
        benchmark.SetUp();

        Assert.NotSame(benchmark.Parse(), benchmark.Parse());
        Assert.Same(benchmark.Find(), benchmark.Find());
        Assert.Equal(MatchValue.Bool.True, benchmark.Evaluate());
    }

    [Theory]
    [InlineData(10)]
    [InlineData(1_000)]
    public async Task A_replay_ends_with_the_result_of_the_function(int steps)
    {
        var benchmark = new ReplayBenchmark { Steps = steps };
        benchmark.SetUp();

        var answer = await benchmark.AnswerAsync();
        Assert.Equal((200, $"{Enumerable.Range(0, steps).Sum()}"), (answer.Status, Encoding.UTF8.GetString(answer.Body.Span)));
    }

    [Fact]
    public async Task The_program_finds_its_benchmarks()
    {
        using var bench = Run("--list", "flat", "--filter", "*Decider*");

        Assert.True(await bench.WaitForExitAsync() == 0, bench.Output);
        Assert.Contains("DeciderBenchmark.InSequence", bench.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("ReplayBenchmark", bench.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_takes_only_the_results_of_all_benchmarks()
    {
        using var bench = Run("--write-docs", "--filter", "*Decider*");

        Assert.Equal(1, await bench.WaitForExitAsync());
        Assert.Contains("'--filter *Decider*'", bench.Output, StringComparison.Ordinal);
    }

    private static ServerProcess Run(params string[] arguments) => new(BuiltProgram.PathOf("bench/Stepwell.Bench.Core", "Stepwell.Bench.Core"), arguments);
}
