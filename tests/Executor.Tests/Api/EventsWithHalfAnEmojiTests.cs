using Stepwell.Protocol.Json;

namespace Stepwell.Executor.Tests.Api;

public sealed class EventsWithHalfAnEmojiTests
{
    [Theory]
    [InlineData("""{"name":"a","data":{"\ud83d":1,"_inngest":{}}}""", """{"\ud83d":1}""")]
    [InlineData("""{"\ud83d":1,"name":"a","data":{"text":"cut \ud83d"}}""", """{"text":"cut \ud83d"}""")]
    public async Task An_event_with_half_an_emoji_in_its_data_is_accepted(string body, string data)
    {
        await using var api = new TestApi();

        var sent = await api.PostAsync("/e/any", body);

        Assert.Equal(200, sent.Status);
        Assert.Equal(data, RawJson.FromElement((await api.GetAsync($"/v1/events/{sent.Ids[0]}")).Data.GetProperty("data")).ToString());
    }
}
