using System.Text.Json;
using System.Text.Json.Nodes;
using Stepwell.Protocol.Calls;
using Stepwell.Protocol.Ids;
using Stepwell.Protocol.Ops;

namespace Stepwell.Protocol.Tests.Recordings;

/// <summary>Every op that was recorded, in answers and in checkpoints.</summary>
public class RecordedOpTests
{
    private static readonly string[] s_members = ["id", "op", "name", "displayName", "userland", "timing", "opts", "data", "error"];

    private static readonly string[] s_withData = [OpCode.StepRun, OpCode.RunComplete];

    public static TheoryData<string> Reports => Recording.Named(exchange => exchange.Ops is not null);

    [Theory]
    [MemberData(nameof(Reports))]
    public void Every_op_is_known(string id)
    {
        Assert.All(Read(id), op => Assert.IsNotType<UnknownOp>(op));
    }

    [Theory]
    [MemberData(nameof(Reports))]
    public void Every_op_is_printed_as_recorded_without_the_internals_of_the_SDK(string id)
    {
        var recorded = Recording.Find(id).Ops!.Value.EnumerateArray().Select(Expected);

        var printed = Read(id).Select(op => JsonText.Canonical(JsonSerializer.SerializeToUtf8Bytes(op, ProtocolJson.Default.Op)));

        Assert.Equal(recorded, printed);
    }

    [Theory]
    [MemberData(nameof(Reports))]
    public void Every_op_carries_the_hash_of_the_users_id(string id)
    {
        Assert.All(Read(id), op => Assert.Equal(
            op is RunCompleteOp ? StepKey.Complete : StepKey.Hash(op.Userland!.Id, op.Userland.Index ?? 0),
            op.Id));
    }

    [Theory]
    [MemberData(nameof(Reports))]
    public void Every_time_in_an_op_can_be_read(string id)
    {
        foreach (var op in Read(id))
        {
            var time = op switch
            {
                SleepOp sleep => sleep.Until,
                WaitForEventOp wait => wait.Timeout,
                WaitForSignalOp wait => wait.Timeout,
                InvokeFunctionOp invoke => invoke.Timeout ?? "",
                _ => "",
            };
            Assert.True(TimeString.TryParseInstant(time, DateTimeOffset.UnixEpoch, out _), time);
        }
    }

    [Theory]
    [MemberData(nameof(Reports))]
    public void Every_error_in_an_op_has_a_name_and_a_message(string id)
    {
        foreach (var op in Read(id))
        {
            var error = op switch
            {
                StepErrorOp one => one.Error,
                StepFailedOp one => one.Error,
                _ => default,
            };
            if (error.IsNull)
                continue;

            var failure = Failure.FromJson(error);
            Assert.NotEqual("", failure.Name);
            Assert.NotEqual("", failure.Message);
        }
    }

    private static IReadOnlyList<Op> Read(string id) => Recording.Find(id).Ops!.Value.Deserialize(ProtocolJson.Default.IReadOnlyListOp)!;

    private static string Expected(JsonElement recorded)
    {
        var expected = new JsonObject();
        foreach (var member in recorded.EnumerateObject().Where(member => s_members.Contains(member.Name)))
            expected[member.Name] = JsonNode.Parse(member.Value.GetRawText());

        // "data": null stands in ops that have no data, and a failed step repeats its error there.
        if (!s_withData.Contains(recorded.GetProperty("op").GetString()))
            expected.Remove("data");

        return JsonText.Canonical(expected);
    }
}
