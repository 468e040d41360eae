using System.Text;
using System.Text.Json;
using Stepwell.Protocol.Calls;
using Stepwell.Protocol.Json;
using Stepwell.Protocol.Ops;

namespace Stepwell.Protocol.Tests.Json;

public class RawJsonTests
{
    // Nothing that prints JSON would print this: the spaces, the order, the escape, the numbers.
    private const string Unprintable = """{"b" : [1.0, 1E5, 9007199254740993],"a":"\u00e9\/😀", "b":"again", "c":"\ud800"}""";

    [Fact]
    public void The_default_is_the_JSON_null()
    {
        RawJson raw = default;

        Assert.True(raw.IsNull);
        Assert.Equal("null", raw.ToString());
        Assert.Equal(RawJson.FromString("null"), raw);
        Assert.Equal(4, raw.Length);
    }

    [Fact]
    public void Values_are_equal_when_their_bytes_are()
    {
        Assert.True(RawJson.FromString("{}") == RawJson.FromString("{}"));
        Assert.Equal(RawJson.FromString("[1]").GetHashCode(), RawJson.FromString("[1]").GetHashCode());
        Assert.True(RawJson.FromString("1") != RawJson.FromString("1.0"));
        Assert.False(RawJson.FromString("\"null\"").IsNull);
        Assert.False(RawJson.Null.Equals("null"));
    }

    [Fact]
    public void An_element_keeps_its_bytes()
    {
        using var document = JsonDocument.Parse($"[ {Unprintable} ]");

        Assert.Equal(Unprintable, RawJson.FromElement(document.RootElement[0]).ToString());
    }

    [Fact]
    public void A_call_carries_its_data_as_they_are()
    {
        var body = $$"""{"ctx":null,"event":{{Unprintable}},"events":[{{Unprintable}},1.50],"steps":{"a":{"data":{{Unprintable}} } },"use_api":false,"version":1}""";

        var printed = Print(body, ProtocolJson.Default.CallRequest);

        Assert.Equal(4, Occurrences(Unprintable, printed + Read(body, ProtocolJson.Default.CallRequest).Event));
        Assert.Contains("1.50", printed, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("StepRun", "data")]
    [InlineData("RunComplete", "data")]
    [InlineData("StepError", "error")]
    [InlineData("StepFailed", "error")]
    [InlineData("Gateway", "opts")]
    public void An_op_carries_its_data_as_they_are(string code, string member)
    {
        var printed = Print($$"""{"id":"a","op":"{{code}}","{{member}}":{{Unprintable}} }""", ProtocolJson.Default.Op);

        Assert.Contains($"\"{member}\":{Unprintable}", printed, StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_of_ops_carries_its_data_as_they_are()
    {
        var ops = Read($$"""[ {"id":"a","op":"StepRun","data": {{Unprintable}} } , {"id":"b","op":"StepRun","data":0.10} ]""", ProtocolJson.Default.IReadOnlyListOp);

        Assert.Equal([Unprintable, "0.10"], ops.Cast<StepRunOp>().Select(op => op.Data.ToString()));
    }

    [Fact]
    public void An_event_carries_its_data_as_they_are()
    {
        var envelope = Read($$"""{"name":"a","data":{{Unprintable}},"user":{"n":1.0} }""", ProtocolJson.Default.EventEnvelope);

        Assert.Equal(Unprintable, envelope.Data.ToString());
        Assert.Contains(Unprintable, JsonSerializer.Serialize(envelope, ProtocolJson.Default.EventEnvelope), StringComparison.Ordinal);
        Assert.Equal("""{"n":1.0}""", envelope.User!.Value.ToString());
    }

    [Fact]
    public void A_registration_keeps_the_settings_that_it_does_not_look_into()
    {
        var function = Read($$"""{"id":"a-b","name":"b","concurrency":{{Unprintable}} }""", ProtocolJson.Default.FunctionConfig);

        Assert.Equal(Unprintable, function.Concurrency!.Value.ToString());
        Assert.Contains(Unprintable, JsonSerializer.Serialize(function, ProtocolJson.Default.FunctionConfig), StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_of_the_deepest_nesting_travels_in_a_call()
    {
        var deepest = new string('[', CanonicalJson.MaxDepth) + new string(']', CanonicalJson.MaxDepth);
        var call = new CallRequest { Event = RawJson.FromString("{}"), Steps = new Dictionary<string, RawJson> { ["a"] = new Memo.Data(RawJson.FromString(deepest)).ToWire() } };

        var read = Read(JsonSerializer.Serialize(call, ProtocolJson.Default.CallRequest), ProtocolJson.Default.CallRequest);

        Assert.Equal(deepest, Memo.FromWire(read.Steps!["a"]).Content.ToString());
    }

    private static string Print<T>(string json, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type) =>
        Encoding.UTF8.GetString(JsonSerializer.SerializeToUtf8Bytes(Read(json, type), type));

    private static T Read<T>(string json, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type) => JsonSerializer.Deserialize(json, type)!;

    private static int Occurrences(string part, string text) => text.Split(part).Length - 1;
}
