using System.Text.Json;
using Stepwell.Protocol.Events;
using Stepwell.Protocol.Json;
using Stepwell.Protocol.Tests.Json;

namespace Stepwell.Protocol.Tests.Events;

public class EventEnvelopeTests
{
    [Fact]
    public void An_event_is_printed_in_canonical_order()
    {
        var envelope = new EventEnvelope
        {
            Name = "a/b",
            Data = RawJson.FromString("""{"n":1}"""),
            Id = "i",
            Meta = RawJson.FromString("""{"sessions":[]}"""),
            Timestamp = 1795491803494,
            User = RawJson.FromString("{}"),
            Version = "1",
        };

        var printed = JsonSerializer.Serialize(envelope, ProtocolJson.Default.EventEnvelope);

        Assert.Equal("""{"data":{"n":1},"id":"i","meta":{"sessions":[]},"name":"a/b","ts":1795491803494,"user":{},"v":"1"}""", printed);
        Assert.Equal(Canonical.Of(printed), printed);
        Assert.Equal(envelope, JsonSerializer.Deserialize(printed, ProtocolJson.Default.EventEnvelope));
    }

    [Fact]
    public void The_least_that_an_event_may_hold_is_its_name()
    {
        var envelope = Read("""{"name":"a"}""");

        Assert.Equal(new EventEnvelope { Name = "a" }, envelope);
        Assert.True(envelope.Data.IsNull);
        Assert.Equal("""{"data":null,"name":"a"}""", JsonSerializer.Serialize(envelope, ProtocolJson.Default.EventEnvelope));
    }

    [Fact]
    public void Nulls_are_as_missing_and_what_is_not_known_is_ignored()
    {
        Assert.Equal(new EventEnvelope { Name = "a" }, Read("""{"name":"a","data":null,"id":null,"ts":null,"user":null,"v":null,"meta":null,"origin":"x"}"""));
    }

    [Theory]
    [InlineData("""{"name":1}""", "$.name")]
    [InlineData("""{"name":"a","ts":"now"}""", "$.ts")]
    [InlineData("""{"name":"a","ts":1.5}""", "$.ts")]
    [InlineData("""{"name":"a","id":{}}""", "$.id")]
    public void A_member_of_another_type_is_refused_by_its_path(string json, string path)
    {
        Assert.Equal(path, Assert.Throws<JsonException>(() => Read(json)).Path);
    }

    private static EventEnvelope Read(string json) => JsonSerializer.Deserialize(json, ProtocolJson.Default.EventEnvelope)!;
}
