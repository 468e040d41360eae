using System.Text.Json;
using Stepwell.Protocol.Calls;
using Stepwell.Protocol.Events;
using Stepwell.Protocol.Registration;

namespace Stepwell.Protocol.Tests.Calls;

public class ReplyTests
{
    [Fact]
    public void A_sentence_is_printed_alone_or_with_what_a_sync_changed()
    {
        Assert.Equal("""{"message":"Unauthorized"}""", JsonSerializer.Serialize(new MessageReply("Unauthorized"), ProtocolJson.Default.MessageReply));
        Assert.Equal(
            """{"message":"Successfully registered","modified":true}""",
            JsonSerializer.Serialize(new MessageReply("Successfully registered", true), ProtocolJson.Default.MessageReply));
    }

    [Fact]
    public void The_answer_to_events_tells_ids_status_and_what_is_wrong()
    {
        Assert.Equal("""{"ids":["a","b"],"status":200}""", JsonSerializer.Serialize(new SendEventsReply(["a", "b"], 200), ProtocolJson.Default.SendEventsReply));
        Assert.Equal("""{"ids":[],"status":400,"error":"no"}""", JsonSerializer.Serialize(new SendEventsReply([], 400, "no"), ProtocolJson.Default.SendEventsReply));
    }

    [Fact]
    public void The_answer_to_a_registration_tells_whether_something_changed_or_the_status_of_an_error()
    {
        Assert.Equal("""{"ok":true,"modified":false}""", JsonSerializer.Serialize(new RegisterReply(Ok: true, Modified: false), ProtocolJson.Default.RegisterReply));
        Assert.Equal("""{"error":"no","status":400}""", JsonSerializer.Serialize(new RegisterReply(Error: "no", Status: 400), ProtocolJson.Default.RegisterReply));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"skipped":true,"app_id":"a","sync_id":"s"}""")]
    public void An_answer_to_a_registration_may_say_nothing(string json)
    {
        Assert.Equal(new RegisterReply(), JsonSerializer.Deserialize(json, ProtocolJson.Default.RegisterReply));
    }
}
