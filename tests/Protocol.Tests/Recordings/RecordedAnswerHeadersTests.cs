namespace Stepwell.Protocol.Tests.Recordings;

/// <summary>The headers by which an executor tells an app from a login page, as every recorded answer has them.</summary>
public class RecordedAnswerHeadersTests
{
    public static TheoryData<string> Calls => Recording.Named(exchange => exchange.IsCall);

    [Theory]
    [MemberData(nameof(Calls))]
    public void An_app_names_its_SDK_and_the_version_it_speaks(string id)
    {
        var exchange = Recording.Find(id);

        Assert.StartsWith("inngest-js:v", exchange.AnswerHeader(ProtocolHeaders.Sdk), StringComparison.Ordinal);
        Assert.Equal("true", exchange.AnswerHeader(ProtocolHeaders.SdkHandled));
        Assert.NotNull(exchange.AnswerHeader(ProtocolHeaders.Framework));
        Assert.Equal(exchange.Folder == "devserver-v3" ? "1" : "2", exchange.AnswerHeader(ProtocolHeaders.RequestVersion));
    }

    [Theory]
    [InlineData("rastep.json")]
    [InlineData("rafn.json")]
    public void A_wished_for_retry_time_rides_on_the_answer(string file)
    {
        var answers = Recording.All.Where(exchange => exchange.Id.Contains(file, StringComparison.Ordinal));

        Assert.Contains(answers, exchange => exchange.AnswerHeader(ProtocolHeaders.RetryAfter) is not null);
    }
}
