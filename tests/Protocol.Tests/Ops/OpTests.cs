using System.Reflection;
using Stepwell.Protocol.Ids;
using Stepwell.Protocol.Json;
using Stepwell.Protocol.Ops;

namespace Stepwell.Protocol.Tests.Ops;

public class OpTests
{
    public static TheoryData<string, string, Type> Table => new()
    {
        { OpCode.StepRun, "\"data\":1", typeof(StepRunOp) },
        { OpCode.Step, "\"data\":{\"data\":1}", typeof(StepOp) },
        { OpCode.StepPlanned, "", typeof(StepPlannedOp) },
        { OpCode.StepError, "\"error\":{\"message\":\"m\"}", typeof(StepErrorOp) },
        { OpCode.StepFailed, "\"error\":{\"message\":\"m\"}", typeof(StepFailedOp) },
        { OpCode.StepNotFound, "", typeof(StepNotFoundOp) },
        { OpCode.Sleep, "\"name\":\"1s\"", typeof(SleepOp) },
        { OpCode.WaitForEvent, "\"name\":\"a/b\",\"opts\":{\"timeout\":\"1h\"}", typeof(WaitForEventOp) },
        { OpCode.WaitForSignal, "\"opts\":{\"signal\":\"S\",\"timeout\":\"1h\"}", typeof(WaitForSignalOp) },
        { OpCode.InvokeFunction, "\"opts\":{\"function_id\":\"a-b\",\"payload\":{}}", typeof(InvokeFunctionOp) },
        { OpCode.AIGateway, "\"opts\":{\"url\":\"https://example.org\"}", typeof(AIGatewayOp) },
        { OpCode.Gateway, "\"opts\":{\"url\":\"https://example.org\"}", typeof(GatewayOp) },
        { OpCode.RunComplete, "\"data\":null", typeof(RunCompleteOp) },
        { OpCode.SyncRunComplete, "\"data\":{\"data\":1}", typeof(SyncRunCompleteOp) },
        { OpCode.DiscoveryRequest, "", typeof(DiscoveryRequestOp) },
        { OpCode.DeferAdd, "\"opts\":{\"fn_slug\":\"a-b\",\"input\":{}}", typeof(DeferAddOp) },
        { OpCode.DeferAbort, "\"opts\":{\"target_hashed_id\":\"a\",\"fn_slug\":\"a-b\",\"id\":\"d\"}", typeof(DeferAbortOp) },
        { OpCode.None, "", typeof(NoneOp) },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void Every_op_code_is_read_as_its_type_and_printed_as_it_came(string code, string members, Type type)
    {
        var text = OpText.Of(code, members);

        var op = OpText.Read(text);

        Assert.IsType(type, op);
        Assert.Equal(code, op.Code);
        Assert.Equal(OpText.Id, op.Id.Value);
        Assert.Equal(Json.Canonical.Of(text), Json.Canonical.Of(OpText.Print(op)));
        Assert.Equal(op, OpText.Read(OpText.Print(op)));
    }

    [Fact]
    public void The_table_has_every_op_code_and_every_op_type()
    {
        var rows = ((IEnumerable<object[]>)Table).ToArray();
        var codes = typeof(OpCode).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!);
        var types = typeof(Op).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Op)) && type != typeof(UnknownOp));

        Assert.Equal(codes.Order(StringComparer.Ordinal), rows.Select(row => (string)row[0]).Order(StringComparer.Ordinal));
        Assert.Equal(types.Select(type => type.Name).Order(StringComparer.Ordinal), rows.Select(row => ((Type)row[2]).Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_set_of_ops_is_closed()
    {
        var constructors = typeof(Op).GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic);

        Assert.All(typeof(Op).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Op))), type => Assert.True(type.IsSealed, type.Name));
        Assert.All(constructors.Where(one => one.GetParameters().Length == 0), one => Assert.True(one.IsFamilyAndAssembly || one.IsAssembly || one.IsPrivate));
    }

    [Fact]
    public void What_describes_a_step_is_read_with_every_op()
    {
        var op = OpText.Read<StepRunOp>("StepRun", """
            "name":"n","displayName":"d","userland":{"id":"u","index":2},"timing":{"a":1795491664033000000,"b":7002000000},"opts":{"type":"step.sendEvent"},"data":1
            """);

        Assert.Equal(("n", "d", new UserlandId("u", 2), new OpTiming(1795491664033000000, 7002000000)), (op.Name, op.DisplayName, op.Userland, op.Timing));
        Assert.Equal("""{"type":"step.sendEvent"}""", op.Opts.ToString());
    }

    [Theory]
    [InlineData("\"name\":\"n\",\"displayName\":\"d\",\"userland\":{\"id\":\"u\"}", "d")]
    [InlineData("\"name\":\"n\",\"displayName\":\"\",\"userland\":{\"id\":\"u\"}", "u")]
    [InlineData("\"name\":\"n\",\"userland\":{\"id\":\"\"}", "n")]
    [InlineData("\"name\":\"n\"", "n")]
    [InlineData("\"displayName\":null,\"name\":\"\",\"userland\":null", OpText.Id)]
    public void A_step_is_shown_by_the_best_name_it_has(string members, string title)
    {
        Assert.Equal(title, OpText.Read<StepPlannedOp>("StepPlanned", members).Title);
    }

    [Theory]
    [InlineData("\"opts\":{\"parallelMode\":\"race\"}", true)]
    [InlineData("\"opts\":{\"parallelMode\":\"all\"}", false)]
    [InlineData("\"opts\":{}", false)]
    [InlineData("\"opts\":null", false)]
    [InlineData("", false)]
    public void Any_op_may_take_part_in_a_race(string members, bool isRace)
    {
        Assert.Equal(isRace, OpText.Read<StepPlannedOp>("StepPlanned", members).Race);
        Assert.Equal(isRace, OpText.Read<SleepOp>("Sleep", members).Race);
    }

    [Fact]
    public void The_internals_of_an_SDK_are_ignored()
    {
        var op = OpText.Read<StepRunOp>($$"""
            {"mode":"sync","rawArgs":["s",null],"hashedId":"other","promise":{},"fulfilled":true,"handled":true,"middleware":{"op":"Sleep","id":"b"},
             "id":"{{OpText.Id}}","metadata":[{"kind":"x"}],"op":"StepRun","data":1,"ID":"c","Op":"Sleep"}
            """);

        Assert.Equal((OpText.Id, "1"), (op.Id.Value, op.Data.ToString()));
        Assert.Equal(OpText.Of("StepRun", "\"data\":1").Length, OpText.Print(op).Length);
    }

    [Theory]
    [InlineData("\"data\":null")]
    [InlineData("")]
    public void A_result_that_is_missing_is_null(string members)
    {
        Assert.Equal(RawJson.Null, OpText.Read<StepRunOp>("StepRun", members).Data);
        Assert.Equal("""{"data":null,"id":"0737c22d3bfae812339732d14d8c7dbd6dc4e09c","op":"RunComplete"}""", OpText.Print(new RunCompleteOp { Id = StepKey.Complete }));
    }
}
