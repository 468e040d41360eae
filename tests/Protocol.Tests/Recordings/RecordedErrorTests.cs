using Stepwell.Protocol.Calls;

namespace Stepwell.Protocol.Tests.Recordings;

/// <summary>Every answer with which an app said that a function failed.</summary>
public class RecordedErrorTests
{
    public static TheoryData<string> Errors => Recording.Named(exchange => exchange is { IsCall: true, Status: 400 or 500 });

    [Theory]
    [MemberData(nameof(Errors))]
    public void An_error_object_is_read_and_printed_as_recorded(string id)
    {
        var recorded = Recording.Find(id).Answer;

        var failure = Failure.FromJson(JsonText.Raw(recorded));

        Assert.Equal(recorded.GetProperty("message").GetString(), failure.Message);
        Assert.Equal(JsonText.Canonical(recorded), failure.ToJson().ToString());
    }

    [Theory]
    [MemberData(nameof(Errors))]
    public void An_error_says_in_a_header_whether_to_try_again(string id)
    {
        var exchange = Recording.Find(id);

        Assert.Equal(exchange.Status == 400 ? "true" : "false", exchange.AnswerHeader(ProtocolHeaders.NoRetry));
    }

    [Fact]
    public void There_are_errors_of_both_kinds_from_every_set_up()
    {
        Assert.Equal(18, Errors.Count);
    }
}
