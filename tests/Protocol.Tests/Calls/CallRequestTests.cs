using System.Text.Json;
using Stepwell.Protocol.Calls;
using Stepwell.Protocol.Ids;
using Stepwell.Protocol.Json;
using Stepwell.Protocol.Tests.Json;

namespace Stepwell.Protocol.Tests.Calls;

public class CallRequestTests
{
    [Fact]
    public void A_call_is_printed_in_canonical_form()
    {
        var call = new CallRequest
        {
            Context = new CallContext
            {
                Attempt = 1,
                DisableImmediateExecution = true,
                FunctionId = "f",
                MaxAttempts = 5,
                QueueItemId = "q",
                RequestId = "01M85T2S0QRKFJEV73CZ68VZB4",
                RunId = "01M85T2R064KH388TAAH6437XT",
                Stack = new CallStack(1, [StepKey.Hash("x")]),
                StepId = "step",
            },
            Event = RawJson.FromString("""{"data":{},"name":"a"}"""),
            Events = [RawJson.FromString("""{"data":{},"name":"a"}""")],
            Steps = new Dictionary<string, RawJson> { [StepKey.Hash("x").Value] = RawJson.FromString("""{"data":1}""") },
            Version = 2,
        };

        var printed = JsonSerializer.Serialize(call, ProtocolJson.Default.CallRequest);

        Assert.Equal(
            """{"ctx":{"attempt":1,"disable_immediate_execution":true,"env":"","fn_id":"f","max_attempts":5,"qi_id":"q","request_id":"01M85T2S0QRKFJEV73CZ68VZB4","run_id":"01M85T2R064KH388TAAH6437XT","stack":{"current":1,"stack":["11f6ad8ec52a2984abaafd7c3b516503785c2072"]},"step_id":"step","use_api":false},"event":{"data":{},"name":"a"},"events":[{"data":{},"name":"a"}],"steps":{"11f6ad8ec52a2984abaafd7c3b516503785c2072":{"data":1}},"use_api":false,"version":2}""",
            printed);
        Assert.Equal(Canonical.Of(printed), printed);
    }

    [Fact]
    public void Without_a_function_id_an_app_is_not_invited_to_checkpoint()
    {
        var printed = JsonSerializer.Serialize(new CallRequest { Context = new CallContext() }, ProtocolJson.Default.CallRequest);

        Assert.DoesNotContain("fn_id", printed, StringComparison.Ordinal);
        Assert.DoesNotContain("qi_id", printed, StringComparison.Ordinal);
    }

    [Fact]
    public void The_least_that_a_call_may_hold_is_read()
    {
        var call = Read("""{"event":{"name":"a"}}""");

        Assert.Equal((null, null, null, null, false), (call.Context, call.Events, call.Steps, call.Version, call.UseApi));
        Assert.Equal("""{"name":"a"}""", call.Event.ToString());
    }

    [Fact]
    public void Nulls_where_SDKs_allow_them_are_read()
    {
        var call = Read("""{"ctx":{"run_id":"r","stack":{"current":0,"stack":null}},"event":{},"events":null,"steps":null,"version":null}""");

        Assert.Equal(new CallStack(0, null), call.Context!.Stack);
        Assert.Null(Read("""{"ctx":{"stack":null}}""").Context!.Stack);
        Assert.Null(Read("""{"ctx":null,"event":{}}""").Context);
    }

    [Fact]
    public void What_is_not_known_is_ignored()
    {
        var call = Read("""{"defers":{"a":{"abortable":true}},"ctx":{"generation_id":1,"job_id":"j","run_id":"r","new":[]},"event":{},"version":-1,"new":{"version":7}}""");

        Assert.Equal(("r", -1), (call.Context!.RunId, call.Version));
    }

    [Theory]
    [InlineData("""{"ctx":[]}""", "$.ctx")]
    [InlineData("""{"ctx":{"attempt":"first"}}""", "$.ctx.attempt")]
    [InlineData("""{"ctx":{"attempt":1.5}}""", "$.ctx.attempt")]
    [InlineData("""{"ctx":{"run_id":1}}""", "$.ctx.run_id")]
    [InlineData("""{"steps":[]}""", "$.steps")]
    [InlineData("""{"events":{}}""", "$.events")]
    [InlineData("""{"version":"2"}""", "$.version")]
    public void A_member_of_another_type_is_refused_by_its_path(string json, string path)
    {
        var exception = Assert.Throws<JsonException>(() => Read(json));

        Assert.Equal(path, exception.Path);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"event\":")]
    [InlineData("\"text\"")]
    public void What_is_no_call_is_refused(string json)
    {
        Assert.ThrowsAny<JsonException>(() => Read(json));
    }

    private static CallRequest Read(string json) => JsonSerializer.Deserialize(json, ProtocolJson.Default.CallRequest)!;
}
