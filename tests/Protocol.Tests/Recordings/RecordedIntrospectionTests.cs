using System.Text.Json;
using Stepwell.Protocol.Calls;

namespace Stepwell.Protocol.Tests.Recordings;

/// <summary>What apps answered to GET and to an in-band sync.</summary>
public class RecordedIntrospectionTests
{
    public static TheoryData<string> Introspections => Recording.Named(IsIntrospection);

    public static TheoryData<string> Refusals => Recording.Named(exchange => exchange is { IsToApp: true, Status: 401 });

    [Theory]
    [MemberData(nameof(Introspections))]
    public void An_introspection_is_read_and_printed_as_recorded(string id)
    {
        var recorded = Recording.Find(id).Answer;

        var printed = JsonSerializer.SerializeToUtf8Bytes(recorded.Deserialize(ProtocolJson.Default.Introspection)!, ProtocolJson.Default.Introspection);

        Assert.Equal(JsonWithoutNulls.Of(recorded), JsonText.Canonical(printed));
    }

    [Fact]
    public void There_is_an_introspection_of_every_set_up()
    {
        Assert.Equal(9, Introspections.Count);
    }

    [Fact]
    public void Only_a_signed_request_is_told_more_than_the_short_form()
    {
        var modes = Recording.All.Where(IsIntrospection).Select(exchange => exchange.Answer.Deserialize(ProtocolJson.Default.Introspection)!).ToArray();

        var told = Assert.Single(modes, one => one.AppId is not null);
        Assert.Equal("cloud", told.Mode);
        Assert.True(told.AuthenticationSucceeded);
        Assert.All(modes.Where(one => one != told), one => Assert.Equal(("dev", null, null), (one.Mode, one.SigningKeyHash, one.SdkVersion)));
    }

    [Theory]
    [MemberData(nameof(Refusals))]
    public void An_unsigned_request_is_refused_with_one_sentence_and_no_headers_that_tell_of_the_app(string id)
    {
        var exchange = Recording.Find(id);

        var reply = exchange.Answer.Deserialize(ProtocolJson.Default.MessageReply)!;

        Assert.Equal(new MessageReply("Unauthorized"), reply);
        Assert.Equal("true", exchange.AnswerHeader(ProtocolHeaders.SdkHandled));
        Assert.Null(exchange.AnswerHeader(ProtocolHeaders.Sdk));
    }

    [Fact]
    public void An_in_band_sync_asks_with_the_url_and_is_answered_with_the_registration()
    {
        var exchange = Recording.All.Single(one => one is { Method: "PUT", Status: 200 } && one.RequestHeader(ProtocolHeaders.SyncKind) == "in_band");
        var asked = exchange.Request.Deserialize(ProtocolJson.Default.InBandSyncRequest)!;

        var reply = exchange.Answer.Deserialize(ProtocolJson.Default.InBandSyncReply)!;

        Assert.Equal(asked.Url, reply.Url);
        Assert.Equal(reply.Inspection!.FunctionCount, reply.Functions!.Count);
        var expected = JsonText.Members(exchange.Answer);
        expected.Remove("featureObservations");
        var printed = JsonSerializer.SerializeToUtf8Bytes(reply, ProtocolJson.Default.InBandSyncReply);
        Assert.Equal(JsonWithoutNulls.Of(JsonSerializer.SerializeToElement(expected)), JsonWithoutNulls.Of(JsonDocument.Parse(printed).RootElement));
        Assert.Equal("""{"url":"http://127.0.0.1:9410/api/inngest"}"""u8.ToArray(), JsonSerializer.SerializeToUtf8Bytes(asked, ProtocolJson.Default.InBandSyncRequest));
    }

    private static bool IsIntrospection(Exchange exchange) => exchange is { IsToApp: true, Method: "GET", Status: 200, Answer.ValueKind: JsonValueKind.Object };
}
