using Stepwell.Executor.Ports;

namespace Stepwell.Executor.Tests.Invocation;

public sealed class ErrorAnswerTests
{
    private const string Error = """{"message":"boom","name":"MyError","stack":"at x"}""";

    [Theory]
    [InlineData(400, "true", true)]
    [InlineData(500, "true", true)]
    [InlineData(500, "TRUE", true)]
    [InlineData(404, "true", true)]
    [InlineData(400, "false", false)]
    [InlineData(500, "false", false)]
    [InlineData(500, "yes", false)]
    [InlineData(400, null, false)]
    [InlineData(500, null, false)]
    [InlineData(503, null, false)]
    public async Task Only_an_answer_that_says_so_is_final(int status, string? noRetry, bool isFinal)
    {
        using var caller = new TestCaller();
        var answer = await caller.CallAsync(LocalApp.Reply.OfApp(status, Error, noRetry is null ? [] : [("x-inngest-no-retry", noRetry)]));

        // The app's own error object travels as it came.
        if (isFinal)
            Assert.Equal(Error, Assert.IsType<AppAnswer.Failed>(answer).Error.ToString());
        else
            Assert.Equal(Error, Assert.IsType<AppAnswer.Broken>(answer).Error.ToString());
    }

    [Fact]
    public async Task The_sentence_of_an_sdk_that_did_not_reach_the_step_is_kept()
    {
        using var caller = new TestCaller();

        var broken = Assert.IsType<AppAnswer.Broken>(await caller.CallAsync(LocalApp.Reply.OfApp(500, """{"error":"Could not find step \"x\" to run","requestedStep":"x"}""")));

        Assert.Equal("Could not find step \"x\" to run", TestCaller.MessageOf(broken.Error));
    }

    [Theory]
    [InlineData("plain text")]
    [InlineData("[1,2]")]
    [InlineData("""{"code":7}""")]
    [InlineData("""{"error":{"deep":true}}""")]
    [InlineData("""{"error":""}""")]
    public async Task An_error_of_another_shape_names_the_url_and_what_came(string body)
    {
        await using var app = LocalApp.Of(LocalApp.Reply.OfApp(500, body));
        using var caller = new TestCaller();

        Assert.Equal($"POST {app.Url} was answered 500: '{body}'", await caller.BrokenAsync(app.Url));
    }

    [Fact]
    public async Task An_empty_error_names_the_url()
    {
        await using var app = LocalApp.Of(LocalApp.Reply.OfApp(500, ""));
        using var caller = new TestCaller();

        Assert.Equal($"POST {app.Url} was answered 500: (empty)", await caller.BrokenAsync(app.Url));
    }

    [Theory]
    [InlineData("5", 5)]
    [InlineData(" 120 ", 120)]
    [InlineData("0", 0)]
    [InlineData("9999999", 9_999_999)]
    [InlineData("2026-11-24T08:01:30Z", 90)]
    [InlineData("2026-11-24T09:01:30.000+01:00", 90)]
    [InlineData("Tue, 24 Nov 2026 08:01:30 GMT", 90)]
    [InlineData("2026-11-24T07:59:00Z", -60)]
    public async Task A_wish_for_a_later_try_is_read_as_seconds_or_as_a_time(string header, int seconds)
    {
        Assert.Equal(TimeSpan.FromSeconds(seconds), await RetryAfterAsync(header));
    }

    [Theory]
    [InlineData("soon")]
    [InlineData("-5")]
    [InlineData("1.5")]
    [InlineData("5s")]
    [InlineData("10:30")]
    [InlineData("99999999")]
    [InlineData("the day after tomorrow")]
    public async Task A_wish_that_cannot_be_read_is_none(string header) => Assert.Null(await RetryAfterAsync(header));

    private static async Task<TimeSpan?> RetryAfterAsync(string header)
    {
        using var caller = new TestCaller();
        return Assert.IsType<AppAnswer.Broken>(await caller.CallAsync(LocalApp.Reply.OfApp(500, Error, ("retry-after", header)))).Advice.RetryAfter;
    }
}
