using System.Text;
using Stepwell.Executor.Invocation;
using Stepwell.Executor.Ports;

namespace Stepwell.Executor.Tests.Invocation;

/// <summary>JavaScript cuts texts between the two halves of an emoji and prints each half as an escape.</summary>
public sealed class AnswersWithHalfAnEmojiTests
{
    [Theory]
    [InlineData("""{"error":"Could not find step \ud83d"}""", "Could not find step \ufffd")]
    [InlineData("""{"\ud83d":1,"error":"cut"}""", "cut")]
    [InlineData("""{"\ud83d":1,"name":"Error","message":"cut \ud83d"}""", """cut \ud83d""")]
    public void An_error_is_read_all_the_same(string body, string message)
    {
        var answer = new RawAnswer(new Uri("http://localhost/api"), 500, name => name == "x-inngest-sdk" ? "inngest-js:v4" : null, Encoding.UTF8.GetBytes(body));

        var broken = Assert.IsType<AppAnswer.Broken>(AnswerReading.Read(answer, DateTimeOffset.UnixEpoch));

        Assert.Contains(message, broken.Error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_report_that_holds_null_instead_of_an_op_is_a_broken_call()
    {
        var answer = new RawAnswer(new Uri("http://localhost/api"), 206, name => name == "x-inngest-sdk" ? "inngest-js:v4" : null, "[null]"u8.ToArray());

        var broken = Assert.IsType<AppAnswer.Broken>(AnswerReading.Read(answer, DateTimeOffset.UnixEpoch));

        Assert.Contains("An op is null", broken.Error.ToString(), StringComparison.Ordinal);
    }
}
