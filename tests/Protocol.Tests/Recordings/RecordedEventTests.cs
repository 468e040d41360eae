using System.Text;
using System.Text.Json;
using Stepwell.Protocol.Events;

namespace Stepwell.Protocol.Tests.Recordings;

/// <summary>The events that SDKs sent, with what the real server answered.</summary>
public class RecordedEventTests
{
    public static TheoryData<string> Sent => Recording.Named(exchange => exchange is { IsSending: true, Status: 200, Request.ValueKind: JsonValueKind.Array });

    public static TheoryData<string> Seeded => Recording.Named(exchange => exchange is { IsSending: true, Status: 200 } && exchange.RequestHeader(ProtocolHeaders.EventIdSeed) is not null);

    [Theory]
    [MemberData(nameof(Sent))]
    public void Events_are_read_and_printed_as_sent(string id)
    {
        var recorded = Recording.Find(id).Request;

        var events = recorded.Deserialize(ProtocolJson.Default.IReadOnlyListEventEnvelope)!;

        Assert.Equal(
            JsonText.Canonical(recorded),
            JsonText.Canonical(JsonSerializer.SerializeToUtf8Bytes(events, ProtocolJson.Default.IReadOnlyListEventEnvelope)));
    }

    [Theory]
    [MemberData(nameof(Seeded))]
    public void The_seed_gives_the_ids_that_the_real_server_gave(string id)
    {
        var exchange = Recording.Find(id);
        var reply = exchange.Answer.Deserialize(ProtocolJson.Default.SendEventsReply)!;
        Assert.True(EventIdSeed.TryParse(exchange.RequestHeader(ProtocolHeaders.EventIdSeed), out var seed));

        var ids = Enumerable.Range(1, exchange.Request.GetArrayLength()).Select(seed.IdOf);

        Assert.Equal(reply.Ids, ids);
    }

    [Fact]
    public void Seeds_were_sent_to_the_development_server_and_to_the_self_hosted_one()
    {
        Assert.Equal(4, Seeded.Count);
    }

    [Theory]
    [MemberData(nameof(Sent))]
    public void The_answer_is_printed_as_the_real_server_prints_it(string id)
    {
        var recorded = Recording.Find(id).Answer;

        var printed = JsonSerializer.SerializeToUtf8Bytes(recorded.Deserialize(ProtocolJson.Default.SendEventsReply)!, ProtocolJson.Default.SendEventsReply);

        Assert.Equal(Encoding.UTF8.GetString(JsonText.Compact(recorded)), Encoding.UTF8.GetString(printed));
    }

    [Fact]
    public void The_answer_to_a_wrong_key_is_read()
    {
        var exchange = Assert.Single(Recording.All, exchange => exchange is { IsSending: true, Status: 401 });

        var reply = exchange.Answer.Deserialize(ProtocolJson.Default.SendEventsReply)!;

        Assert.Equal((401, "Event key not found"), (reply.Status, reply.Error));
    }
}
