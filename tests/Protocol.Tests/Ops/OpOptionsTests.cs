using Stepwell.Protocol.Json;
using Stepwell.Protocol.Ops;

namespace Stepwell.Protocol.Tests.Ops;

public class OpOptionsTests
{
    [Theory]
    [InlineData("\"name\":\"1d2h\"", "1d2h")]
    [InlineData("\"name\":\"2026-11-24T08:00:00.000Z\",\"opts\":{}", "2026-11-24T08:00:00.000Z")]
    [InlineData("\"name\":\"a nap\",\"opts\":{\"duration\":\"5s\"}", "5s")]
    [InlineData("\"opts\":{\"duration\":\"5s\"}", "5s")]
    [InlineData("\"name\":\"1s\",\"opts\":{\"duration\":null}", "1s")]
    [InlineData("\"name\":\"\"", "")]
    [InlineData("", "")]
    public void The_duration_of_a_sleep_stands_in_opts_or_else_in_the_name(string members, string until)
    {
        Assert.Equal(until, OpText.Read<SleepOp>("Sleep", members).Until);
    }

    [Theory]
    [InlineData("\"name\":\"a/b\"", "a/b")]
    [InlineData("\"name\":\"a step\",\"opts\":{\"event\":\"a/b\"}", "a/b")]
    [InlineData("\"name\":\"a/b\",\"opts\":{\"event\":null}", "a/b")]
    public void The_event_of_a_wait_stands_in_opts_or_else_in_the_name(string members, string name)
    {
        Assert.Equal(name, OpText.Read<WaitForEventOp>("WaitForEvent", members).Event);
    }

    [Fact]
    public void A_wait_has_a_condition_and_a_timeout()
    {
        var wait = OpText.Read<WaitForEventOp>("WaitForEvent", """
            "name":"t/wait.reply","opts":{"timeout":"1h","if":"event.data.id == async.data.id"}
            """);

        Assert.Equal(("1h", "event.data.id == async.data.id"), (wait.Timeout, wait.If));
    }

    [Fact]
    public void A_wait_without_a_timeout_is_for_now()
    {
        Assert.Equal("", OpText.Read<WaitForEventOp>("WaitForEvent", "\"name\":\"a\"").Timeout);
        Assert.Equal("", OpText.Read<WaitForSignalOp>("WaitForSignal", "\"opts\":{\"signal\":\"S\"}").Timeout);
    }

    [Theory]
    [InlineData(",\"conflict\":\"replace\"", true)]
    [InlineData(",\"conflict\":\"fail\"", false)]
    [InlineData("", false)]
    public void A_wait_for_a_signal_may_replace_another(string conflict, bool replaces)
    {
        var wait = OpText.Read<WaitForSignalOp>("WaitForSignal", $$"""
            "name":"S","opts":{"signal":"S1","timeout":"30s"{{conflict}}}
            """);

        Assert.Equal(("S1", "30s", replaces), (wait.Signal, wait.Timeout, wait.Replace));
    }

    [Fact]
    public void An_invoke_names_a_function_and_its_input()
    {
        var invoke = OpText.Read<InvokeFunctionOp>("InvokeFunction", """
            "opts":{"function_id":"cap-child","payload":{ "data":{"n":21.0} },"timeout":"1d"}
            """);

        Assert.Equal(("cap-child", """{ "data":{"n":21.0} }""", "1d"), (invoke.Function.Value, invoke.Payload.ToString(), invoke.Timeout));
    }

    [Fact]
    public void An_invoke_may_have_neither_input_nor_timeout()
    {
        var invoke = OpText.Read<InvokeFunctionOp>("InvokeFunction", "\"opts\":{\"function_id\":\"cap-child\"}");

        Assert.Equal((RawJson.Null, null), (invoke.Payload, invoke.Timeout));
    }

    [Theory]
    [InlineData("\"opts\":[1]")]
    [InlineData("\"opts\":\"text\"")]
    [InlineData("\"opts\":7")]
    public void Opts_that_are_no_object_say_nothing(string members)
    {
        Assert.Equal("1s", OpText.Read<SleepOp>("Sleep", $"\"name\":\"1s\",{members}").Until);
    }
}
