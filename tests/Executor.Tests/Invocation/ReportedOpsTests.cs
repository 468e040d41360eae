using Stepwell.Executor.Ports;
using Stepwell.Executor.Runs;
using Stepwell.Protocol.Ids;
using Stepwell.Protocol.Ops;

namespace Stepwell.Executor.Tests.Invocation;

public sealed class ReportedOpsTests
{
    private static readonly StepKey s_step = StepKey.Hash("a");

    [Fact]
    public async Task A_206_reports_ops_with_the_version_of_the_sdk_and_its_advice()
    {
        var reported = await ReportAsync(
            $$"""[{"id":"{{s_step}}","op":"StepError","name":"a","error":{"name":"E","message":"m"},"junk":1},{"id":"{{StepKey.Hash("b")}}","op":"Sleep","name":"1h"}]""",
            ("x-inngest-no-retry", "true"), ("retry-after", "7"));

        Assert.Equal(2, reported.Version);
        Assert.Equal(new RetryAdvice(true, TimeSpan.FromSeconds(7)), reported.Advice);
        Assert.Equal("""{"message":"m","name":"E"}""", Assert.IsType<StepErrorOp>(reported.Ops[0]).Error.ToString());
        Assert.Equal("1h", Assert.IsType<SleepOp>(reported.Ops[1]).Until);
    }

    [Theory]
    [InlineData("1", 1)]
    [InlineData("2", 2)]
    [InlineData("", 1)]
    [InlineData("banana", 1)]
    [InlineData("-1", 1)]
    public async Task The_version_is_that_of_the_answer_and_1_where_it_says_none(string header, int version)
    {
        using var caller = new TestCaller();
        var reply = LocalApp.Reply.Of(206, "[]", header.Length == 0 ? [("x-inngest-sdk", "test:v1")] : [("x-inngest-sdk", "test:v1"), ("x-inngest-req-version", header)]);

        Assert.Equal(version, Assert.IsType<AppAnswer.Reported>(await caller.CallAsync(reply)).Version);
    }

    [Fact]
    public async Task An_empty_array_has_nothing_to_report() => Assert.Empty((await ReportAsync("[]")).Ops);

    [Fact]
    public async Task A_single_op_object_is_read_as_older_sdks_send_it()
    {
        var op = Assert.Single((await ReportAsync($$$"""{"id":"{{{s_step}}}","op":"Step","data":{"x":1.0}}""")).Ops);

        Assert.Equal("""{"x":1}""", Assert.IsType<StepOp>(op).Data.ToString());
    }

    [Theory]
    [InlineData("", "cannot be used")]
    [InlineData("null", "null instead of an array of ops")]
    [InlineData("7", "cannot be used")]
    [InlineData("\"[]\"", "cannot be used")]
    [InlineData("[7]", "cannot be used")]
    [InlineData("[null]", "null")]
    [InlineData("[{\"op\":\"StepRun\"}]", "is not a step id")]
    [InlineData("[{\"op\":\"StepRun\",\"id\":\"a/b\"}]", "'a/b', which is not a step id")]
    [InlineData("[{\"op\":\"StepPlanned\",\"id\":\"step\"}]", "'step'")]
    [InlineData("{}", "is not a step id")]
    public async Task What_is_no_list_of_ops_is_a_failed_call_that_names_the_url(string body, string problem)
    {
        await using var app = LocalApp.Of(LocalApp.Reply.OfApp(206, body));
        using var caller = new TestCaller();

        var message = await caller.BrokenAsync(app.Url);

        Assert.StartsWith($"POST {app.Url} was answered 206 with a body that cannot be used: ", message, StringComparison.Ordinal);
        Assert.Contains(problem, message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1_000, true)]
    [InlineData(1_001, false)]
    public async Task At_most_a_thousand_ops_are_taken(int count, bool taken)
    {
        using var caller = new TestCaller();
        var ops = Enumerable.Range(0, count).Select(step => $$"""{"id":"{{StepKey.Hash($"{step}")}}","op":"StepPlanned"}""");

        var answer = await caller.CallAsync(LocalApp.Reply.OfApp(206, $"[{string.Join(',', ops)}]"));

        if (taken)
            Assert.Equal(count, Assert.IsType<AppAnswer.Reported>(answer).Ops.Length);
        else
            Assert.Contains("1001 ops; the most is 1000", TestCaller.MessageOf(Assert.IsType<AppAnswer.Broken>(answer).Error), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_op_is_reported_as_what_it_is()
    {
        var op = Assert.IsType<UnknownOp>(Assert.Single((await ReportAsync($$"""[{"id":"{{s_step}}","op":"Teleport"}]""")).Ops));

        Assert.Contains("'Teleport'", op.Problem, StringComparison.Ordinal);
        Assert.Contains("its code is not known", op.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_output_of_a_step_beyond_four_mebibytes_is_an_error_of_that_step_alone()
    {
        var large = new string('x', 4 * 1024 * 1024);
        var reported = await ReportAsync($$"""[{"id":"{{s_step}}","op":"StepRun","displayName":"big","data":"{{large}}"},{"id":"{{StepKey.Hash("b")}}","op":"StepRun","data":1}]""");

        var message = TestCaller.MessageOf(Assert.IsType<StepErrorOp>(reported.Ops[0]).Error);
        Assert.Contains("The output of step 'big' has 4194306 bytes; the limit is 4194304", message, StringComparison.Ordinal);
        Assert.Equal("1", Assert.IsType<StepRunOp>(reported.Ops[1]).Data.ToString());
    }

    private static async Task<AppAnswer.Reported> ReportAsync(string body, params (string Name, string Value)[] headers)
    {
        using var caller = new TestCaller();
        return Assert.IsType<AppAnswer.Reported>(await caller.CallAsync(LocalApp.Reply.OfApp(206, body, headers)));
    }
}
