using System.Text;
using Stepwell.Executor.Invocation;
using Stepwell.Executor.Ports;
using Stepwell.Executor.Runs;
using Stepwell.Protocol.Ids;
using Stepwell.Protocol.Ops;

namespace Stepwell.Executor.Tests.Invocation;

/// <summary>Apps that stream answer 201 at once, keep the connection alive with spaces, and wrap the real answer.</summary>
public sealed class StreamedAnswerTests
{
    private static readonly string s_ops = $$$"""[{\"id\":\"{{{StepKey.Hash("a")}}}\",\"op\":\"StepRun\",\"data\":{\"x\":1.0}}]""";

    [Fact]
    public async Task The_answer_inside_counts_with_its_status_and_headers()
    {
        var answer = await StreamAsync(
            " ", " ", " ", $$"""{"status":206,"headers":{"x-inngest-req-version":"2","X-Inngest-No-Retry":"true","retry-after":7},"body":"{{s_ops}}","version":2}""");

        var reported = Assert.IsType<AppAnswer.Reported>(answer);
        Assert.Equal(2, reported.Version);
        Assert.Equal(new RetryAdvice(true, TimeSpan.FromSeconds(7)), reported.Advice);
        Assert.Equal("""{"x":1}""", Assert.IsType<StepRunOp>(Assert.Single(reported.Ops)).Data.ToString());
    }

    [Fact]
    public async Task A_result_a_failure_and_an_error_inside_are_what_they_would_be_outside()
    {
        Assert.Equal("\"done\"", Assert.IsType<AppAnswer.Returned>(await StreamAsync("""{"status":200,"headers":{},"body":"\"done\""}""")).Output.ToString());
        Assert.Equal("7", Assert.IsType<AppAnswer.Returned>(await StreamAsync("""{"status":200,"body":7}""")).Output.ToString());
        Assert.IsType<AppAnswer.Failed>(await StreamAsync("""{"status":400,"headers":{"x-inngest-no-retry":"true"},"body":"{\"message\":\"no\"}"}"""));
        var broken = Assert.IsType<AppAnswer.Broken>(await StreamAsync("""{"status":500,"headers":{"x-inngest-no-retry":"false"},"body":"{\"message\":\"boom\"}"}"""));
        Assert.Equal("boom", TestCaller.MessageOf(broken.Error));
    }

    [Fact]
    public async Task Half_an_emoji_in_a_header_or_an_error_inside_harms_nothing()
    {
        Assert.Equal("7", Assert.IsType<AppAnswer.Returned>(await StreamAsync("""{"status":200,"headers":{"server-timing":"\ud83d"},"body":"7"}""")).Output.ToString());
        var broken = Assert.IsType<AppAnswer.Broken>(await StreamAsync("""{"error":"half \ud83d"}"""));
        Assert.Contains("The streamed answer is an error: half ", TestCaller.MessageOf(broken.Error), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_not_UTF_8_inside_is_a_failed_call()
    {
        byte[] body = [.. """{"status":200,"body":{"name":"""u8, (byte)'"', 0xfe, .. "\"}}"u8];

        var broken = Assert.IsType<AppAnswer.Broken>(AnswerReading.Read(new RawAnswer(new Uri("http://app.example/"), 201, _ => null, body), DateTimeOffset.UnixEpoch));

        Assert.Contains("The text is not UTF-8.", TestCaller.MessageOf(broken.Error), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"error":"it broke"}""", "The streamed answer is an error: it broke")]
    [InlineData("""{"status":200,"body":"1","error":{"message":"late"}}""", "late")]
    [InlineData("", "cannot be used")]
    [InlineData("   ", "cannot be used")]
    [InlineData("null", "The streamed answer is null")]
    [InlineData("{}", "no status of its own")]
    [InlineData("""{"status":201,"body":"{}"}""", "no status of its own")]
    [InlineData("""{"status":"many"}""", "cannot be used")]
    [InlineData("""{"status":206,"body":"[{"}""", "cannot be used")]
    [InlineData("{\"status\":206,\"bo", "cannot be used")]
    [InlineData("<html>", "cannot be used")]
    public async Task What_wraps_no_answer_is_a_failed_call(string body, string problem)
    {
        var broken = Assert.IsType<AppAnswer.Broken>(await StreamAsync(" ", body));

        Assert.Contains(problem, TestCaller.MessageOf(broken.Error), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stream_that_ends_too_early_is_a_failed_call_that_names_the_url()
    {
        await using var app = new LocalApp(async (_, stream, cancel) =>
        {
            await stream.WriteAsync("HTTP/1.1 201 Created\r\ntransfer-encoding: chunked\r\nx-inngest-sdk: test:v1\r\n\r\n1\r\n \r\n"u8.ToArray(), cancel);
            return false;
        });
        using var caller = new TestCaller();

        Assert.StartsWith($"POST {app.Url} failed: ", await caller.BrokenAsync(app.Url), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_201_of_something_that_is_no_app_is_a_failed_call()
    {
        await using var app = LocalApp.Of(LocalApp.Reply.Of(201, """{"status":200,"headers":{},"body":"1"}"""));
        using var caller = new TestCaller();

        Assert.Contains("x-inngest-sdk", await caller.BrokenAsync(app.Url), StringComparison.Ordinal);
    }

    private static async Task<AppAnswer> StreamAsync(params string[] chunks)
    {
        await using var app = new LocalApp(async (_, stream, cancel) =>
        {
            await stream.WriteAsync("HTTP/1.1 201 Created\r\ntransfer-encoding: chunked\r\ncontent-type: application/json\r\nx-inngest-sdk: test:v1\r\n\r\n"u8.ToArray(), cancel);
            foreach (var chunk in chunks.Where(chunk => chunk.Length > 0))
                await stream.WriteAsync(Encoding.UTF8.GetBytes($"{Encoding.UTF8.GetByteCount(chunk):x}\r\n{chunk}\r\n"), cancel);

            await stream.WriteAsync("0\r\n\r\n"u8.ToArray(), cancel);
            return true;
        });
        using var caller = new TestCaller();
        return await caller.CallAsync(app.Url);
    }
}
