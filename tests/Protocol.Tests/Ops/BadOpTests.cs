using System.Text.Json;
using Stepwell.Protocol.Ops;

namespace Stepwell.Protocol.Tests.Ops;

public class BadOpTests
{
    [Theory]
    [InlineData("Teleport")]
    [InlineData("steprun")]
    [InlineData("")]
    [InlineData("StepRun ")]
    public void A_code_that_is_not_known_is_read_as_such_with_a_sentence(string code)
    {
        var op = OpText.Read<UnknownOp>(code, "\"name\":\"n\",\"displayName\":\"d\",\"data\":1");

        Assert.Equal((code, code, "d"), (op.SentCode, op.Code, op.Title));
        Assert.Equal($"The op '{code}' of step {OpText.Id} cannot be used: its code is not known.", op.Problem);
    }

    [Theory]
    [InlineData("{\"id\":\"a\"}")]
    [InlineData("{\"id\":\"a\",\"op\":null}")]
    public void An_op_without_a_code_is_unknown(string json)
    {
        Assert.Contains("code", OpText.Read<UnknownOp>(json).Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("WaitForEvent", "", "it names no event")]
    [InlineData("WaitForEvent", "\"name\":\"\"", "it names no event")]
    [InlineData("WaitForSignal", "\"name\":\"S\"", "it names no signal")]
    [InlineData("WaitForSignal", "\"opts\":{\"signal\":\"\"}", "it names no signal")]
    [InlineData("InvokeFunction", "", "it names no function")]
    [InlineData("InvokeFunction", "\"opts\":{\"function_id\":\" \"}", "it names no function")]
    [InlineData("Sleep", "\"opts\":{\"duration\":5}", "its opts cannot be read: The value at duration is of another type than it must be.")]
    [InlineData("WaitForEvent", "\"name\":\"a\",\"opts\":{\"timeout\":{}}", "its opts cannot be read: The value at timeout is of another type than it must be.")]
    public void An_op_that_lacks_what_its_code_needs_cannot_be_used(string code, string members, string problem)
    {
        var op = OpText.Read<UnknownOp>(code, members);

        Assert.Equal(code, op.SentCode);
        Assert.Contains($"'{code}' of step {OpText.Id}", op.Problem, StringComparison.Ordinal);
        Assert.Contains(problem, op.Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"op\":\"StepRun\"}", "StepRun")]
    [InlineData("{\"op\":\"StepRun\",\"id\":null}", "StepRun")]
    [InlineData("{\"op\":\"Sleep\",\"id\":\"\"}", "Sleep")]
    [InlineData("{\"op\":\"Sleep\",\"id\":\"a/b\"}", "'a/b'")]
    [InlineData("{}", "(none)")]
    public void An_op_without_a_usable_id_is_refused_by_name(string json, string named)
    {
        var exception = Assert.Throws<JsonException>(() => OpText.Read(json));

        Assert.Contains(named, exception.Message, StringComparison.Ordinal);
        Assert.Contains("id", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"op\":\"StepRun\",\"id\":7}", "id")]
    [InlineData("{\"op\":7,\"id\":\"a\"}", "op")]
    [InlineData("{\"op\":\"StepRun\",\"id\":\"a\",\"name\":{}}", "name")]
    [InlineData("{\"op\":\"StepRun\",\"id\":\"a\",\"displayName\":1}", "displayName")]
    [InlineData("{\"op\":\"StepRun\",\"id\":\"a\",\"userland\":\"u\"}", "userland")]
    [InlineData("{\"op\":\"StepRun\",\"id\":\"a\",\"timing\":{\"a\":\"now\"}}", "timing")]
    public void A_member_of_another_type_is_refused_by_its_path(string json, string member)
    {
        var exception = Assert.Throws<JsonException>(() => OpText.Read(json));

        Assert.Contains($"$.{member}", exception.Path, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("1")]
    [InlineData("\"StepRun\"")]
    [InlineData("[]")]
    public void What_is_no_object_is_no_op(string item)
    {
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize(item, ProtocolJson.Default.Op));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize($"[{item}]", ProtocolJson.Default.IReadOnlyListOp));
    }

    [Fact]
    public void One_bad_op_does_not_hide_the_others()
    {
        var ops = JsonSerializer.Deserialize("""[{"id":"a","op":"Teleport"},{"id":"b","op":"StepPlanned"}]""", ProtocolJson.Default.IReadOnlyListOp)!;

        Assert.IsType<UnknownOp>(ops[0]);
        Assert.IsType<StepPlannedOp>(ops[1]);
    }

    [Fact]
    public void No_ops_are_an_empty_list()
    {
        Assert.Empty(JsonSerializer.Deserialize("[]", ProtocolJson.Default.IReadOnlyListOp)!);
    }
}
