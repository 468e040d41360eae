using System.Text;
using System.Text.Json;
using Stepwell.Protocol.Calls;
using Stepwell.Protocol.Json;
using Stepwell.Protocol.Ops;

namespace Stepwell.Protocol.Tests.Recordings;

/// <summary>What the SDKs answer to unusual calls. These answers are recorded byte for byte.</summary>
public class RecordedEdgeCaseTests
{
    public static TheoryData<string, int> Answers
    {
        get
        {
            var data = new TheoryData<string, int>();
            foreach (var file in (string[])["misc-edge-cases-v3.json", "misc-edge-cases-v4.json"])
            {
                for (var i = 0; i < Recording.Fixture(file).GetArrayLength(); i++)
                    data.Add(file, i);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Answers))]
    public void Every_answer_can_be_read_as_what_its_status_says(string file, int index)
    {
        var recorded = Recording.Fixture(file)[index];
        var body = Encoding.UTF8.GetBytes(recorded.GetProperty("resBodyRaw").GetString()!);
        var name = recorded.GetProperty("name").GetString();
        switch (recorded.GetProperty("status").GetInt32())
        {
            case 206:
                var ops = JsonSerializer.Deserialize(body, ProtocolJson.Default.IReadOnlyListOp)!;
                Assert.NotEmpty(ops);
                Assert.All(ops, op => Assert.IsType(name == "version 0" ? typeof(StepOp) : typeof(StepRunOp), op));
                break;
            case 405:
                Assert.Equal(new MessageReply("Method not allowed"), JsonSerializer.Deserialize(body, ProtocolJson.Default.MessageReply));
                break;
            case 200:
                Assert.True(body.Length == 0 || CanonicalJson.Canonicalize(body).Length > 0);
                break;
            case 500 when name == "targeted bogus step":
                var reply = JsonSerializer.Deserialize(body, ProtocolJson.Default.StepNotFoundReply)!;
                Assert.Equal("deadbeef", reply.RequestedStep);
                Assert.Equal(reply.TotalFoundSteps, reply.FoundSteps.Count);
                Assert.Equal(JsonText.Canonical(body), JsonText.Canonical(JsonSerializer.SerializeToUtf8Bytes(reply, ProtocolJson.Default.StepNotFoundReply)));
                break;
            case 500 when name == "version 99":
                // A long list of complaints, of which only the beginning was recorded.
                Assert.ThrowsAny<JsonException>(() => Failure.FromJson(new RawJson(body)));
                break;
            default:
                Assert.NotEqual("", Failure.FromJson(new RawJson(body)).Message);
                break;
        }
    }

    [Fact]
    public void All_of_them_are_there()
    {
        Assert.Equal(38, Answers.Count);
    }

    [Theory]
    [MemberData(nameof(Answers))]
    public void Every_call_of_them_can_be_read(string file, int index)
    {
        if (!Recording.Fixture(file)[index].TryGetProperty("reqBody", out var body) || !body.TryGetProperty("event", out var recorded))
            return;

        var call = body.Deserialize(ProtocolJson.Default.CallRequest)!;

        Assert.Equal(JsonText.Canonical(recorded), JsonText.Canonical(call.Event.Utf8));
    }

    [Fact]
    public void A_streamed_answer_holds_its_body_as_text()
    {
        var streamed = Recording.Fixture("streaming-201.json")[0].GetProperty("chunks").EnumerateArray().Select(chunk => chunk.GetProperty("text").GetString());
        using var answer = JsonDocument.Parse(string.Concat(streamed));

        var ops = JsonSerializer.Deserialize(answer.RootElement.GetProperty("body").GetString()!, ProtocolJson.Default.IReadOnlyListOp)!;

        Assert.Equal("x", Assert.IsType<StepRunOp>(Assert.Single(ops)).Title);
    }
}
