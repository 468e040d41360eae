using Stepwell.Protocol.Calls;
using Stepwell.Protocol.Json;

namespace Stepwell.Protocol.Tests.Calls;

public class MemoTests
{
    [Theory]
    [InlineData("""{"data":7}""", "7")]
    [InlineData("""{"type":"data","data":7}""", "7")]
    [InlineData("""{"data":7,"type":"data"}""", "7")]
    [InlineData("""{"data":null}""", "null")]
    [InlineData("""{"data":{"data":7}}""", """{"data":7}""")]
    [InlineData("""{"\u0064ata":7}""", "7")]
    public void Wrapped_data_are_the_data(string json, string data)
    {
        Assert.Equal(new Memo.Data(RawJson.FromString(data)), Memo.FromWire(RawJson.FromString(json)));
    }

    [Theory]
    [InlineData("""{"error":{"name":"E","message":"m"}}""", """{"name":"E","message":"m"}""")]
    [InlineData("""{"type":"error","error":{"name":"E","message":"m"}}""", """{"name":"E","message":"m"}""")]
    [InlineData("""{"error":"boom"}""", "\"boom\"")]
    public void A_wrapped_error_is_the_error(string json, string error)
    {
        Assert.Equal(new Memo.Error(RawJson.FromString(error)), Memo.FromWire(RawJson.FromString(json)));
    }

    [Theory]
    [InlineData("""{"input":[1,2]}""")]
    [InlineData("""{"type":"input","input":[1,2]}""")]
    public void A_wrapped_input_is_the_arguments_of_a_step_to_run(string json)
    {
        Assert.Equal(new Memo.Input(RawJson.FromString("[1,2]")), Memo.FromWire(RawJson.FromString(json)));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("7")]
    [InlineData("\"raw\"")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"data":7,"foo":1}""")]
    [InlineData("""{"data":7,"error":{}}""")]
    [InlineData("""{"type":"error","data":7}""")]
    [InlineData("""{"type":"data"}""")]
    [InlineData("""{"type":1,"data":7}""")]
    [InlineData("""{"Data":7}""")]
    [InlineData("""{"id":"01M85T2QWNNHSFJKB6QPPD8VTY","name":"t/wait.reply","data":{"id":1},"ts":1795491454869}""")]
    [InlineData("""{"\ud800":1}""")]
    [InlineData("""{"type":"\ud800","data":1}""")]
    public void Everything_else_stands_for_itself(string json)
    {
        var raw = RawJson.FromString(json);

        Assert.Equal(new Memo.Bare(raw), Memo.FromWire(raw));
        Assert.Equal(raw, Memo.FromWire(raw).ToWire());
    }

    [Fact]
    public void Each_kind_is_written_as_calls_carry_it()
    {
        var value = RawJson.FromString("""{ "n":1.0}""");

        Assert.Equal("""{"data":{ "n":1.0}}""", new Memo.Data(value).ToWire().ToString());
        Assert.Equal("""{"error":{ "n":1.0}}""", new Memo.Error(value).ToWire().ToString());
        Assert.Equal("""{"input":{ "n":1.0}}""", new Memo.Input(value).ToWire().ToString());
        Assert.Equal("""{ "n":1.0}""", new Memo.Bare(value).ToWire().ToString());
        Assert.Equal("null", Memo.Nothing.ToWire().ToString());
        Assert.Equal("""{"data":null}""", new Memo.Data(default).ToWire().ToString());
    }

    [Fact]
    public void Each_kind_comes_back_from_what_was_written()
    {
        var value = RawJson.FromString("[1]");
        foreach (var memo in (Memo[])[new Memo.Data(value), new Memo.Error(value), new Memo.Input(value), new Memo.Bare(value), Memo.Nothing])
        {
            Assert.Equal(memo, Memo.FromWire(memo.ToWire()));
            Assert.Equal(memo == Memo.Nothing ? RawJson.Null : value, memo.Content);
        }
    }

    [Fact]
    public void A_memo_of_canonical_data_is_canonical()
    {
        var memo = new Memo.Data(CanonicalJson.Canonicalize("""{"b":1,"a":2}"""u8.ToArray())).ToWire();

        Assert.Equal(CanonicalJson.Canonicalize(memo.Utf8), memo);
    }
}
