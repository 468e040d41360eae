using System.Text.Json;
using Stepwell.Protocol.Calls;

namespace Stepwell.Protocol.Tests.Recordings;

/// <summary>A run whose state an app fetched over the API, because the calls left it out.</summary>
public class RecordedStateTests
{
    [Fact]
    public void A_call_that_leaves_the_state_out_says_so_twice()
    {
        var calls = Recording.All.Where(exchange => exchange is { IsCall: true, Folder: "standin-v4-useapi" }).ToArray();

        Assert.NotEmpty(calls);
        Assert.All(calls, exchange =>
        {
            var call = exchange.Request.Deserialize(ProtocolJson.Default.CallRequest)!;
            Assert.True(call.UseApi && call.Context!.UseApi);
            Assert.Empty(call.Events!);
            Assert.Empty(call.Steps!);
            Assert.False(call.Event.IsNull);
        });
    }

    [Fact]
    public void The_fetched_memos_are_those_of_the_stack()
    {
        var fetched = Recording.All.Last(exchange => exchange.Folder == "standin-v4-useapi" && exchange.Url.EndsWith("/actions", StringComparison.Ordinal));
        var call = Recording.All.Last(exchange => exchange is { IsCall: true, Folder: "standin-v4-useapi" }).Request.Deserialize(ProtocolJson.Default.CallRequest)!;

        var memos = fetched.Answer.Deserialize(ProtocolJson.Default.IReadOnlyDictionaryStringRawJson)!;

        Assert.Equal(call.Context!.Stack!.Stack!.Select(step => step.Value).Order(StringComparer.Ordinal), memos.Keys.Order(StringComparer.Ordinal));
        Assert.All(memos.Values, memo => Assert.IsType<Memo.Data>(Memo.FromWire(memo)));
    }

    [Fact]
    public void The_fetched_events_begin_with_the_event_of_the_call()
    {
        var fetched = Recording.All.First(exchange => exchange.Folder == "standin-v4-useapi" && exchange.Url.EndsWith("/batch", StringComparison.Ordinal));
        var call = Recording.All.First(exchange => exchange is { IsCall: true, Folder: "standin-v4-useapi" }).Request.Deserialize(ProtocolJson.Default.CallRequest)!;

        var events = fetched.Answer.Deserialize(ProtocolJson.Default.IReadOnlyListRawJson)!;

        Assert.Equal(JsonText.Canonical(call.Event.Utf8), JsonText.Canonical(events[0].Utf8));
    }
}
