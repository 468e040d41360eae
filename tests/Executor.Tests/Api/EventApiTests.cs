using System.Text.Json;
using Stepwell.Executor.Runs;
using Stepwell.Protocol.Events;
using Stepwell.Protocol.Ids;

namespace Stepwell.Executor.Tests.Api;

public sealed class EventApiTests
{
    private static readonly EventIdSeed s_seed = EventIdSeed.TryParse("1795492598105,AAECAwQFBgcICQ==", out var seed) ? seed : throw new FormatException();

    [Fact]
    public async Task An_event_is_answered_with_the_servers_id_and_can_be_read_as_apps_receive_it()
    {
        await using var api = new TestApi();

        var sent = await api.PostAsync("/e/any", """{ "name":"shop/order", "id":"mine", "data":{"z":1.0,"a":"\u00e9"}, "v":"2", "ts":1795492598105, "meta":{"x":1}, "user":{"u":1}, "junk":5 }""");

        Assert.Equal(200, sent.Status);
        Assert.Equal(200, sent.Json.GetProperty("status").GetInt32());
        var id = Assert.Single(sent.Ids);
        Assert.True(RunId.TryParse(id, out _), id);
        var read = await api.GetAsync($"/v1/events/{id}");
        Assert.Equal(200, read.Status);
        Assert.Equal(id, read.Data.GetProperty("internal_id").GetString());
        var stored = Assert.Single(await api.Storage.Events.ListAsync(new(10), CancellationToken.None));
        Assert.Equal("""{"data":{"a":"é","z":1},"id":"mine","meta":{"x":1},"name":"shop/order","ts":1795492598105,"user":{"u":1},"v":"2"}""", stored.Json.ToString());
    }

    [Fact]
    public async Task What_an_event_leaves_out_is_filled_in()
    {
        await using var api = new TestApi();

        var id = (await api.PostAsync("/e/any", """{"name":"a","data":null}""")).Ids[0];

        var data = (await api.GetAsync($"/v1/events/{id}")).Data;
        Assert.Equal(id, data.GetProperty("id").GetString());
        Assert.Equal("{}", data.GetProperty("data").GetRawText());
        Assert.Equal("{}", data.GetProperty("user").GetRawText());
        Assert.Equal(api.Time.GetUtcNow().ToUnixTimeMilliseconds(), data.GetProperty("ts").GetInt64());
    }

    [Fact]
    public async Task The_reserved_member_of_data_is_dropped()
    {
        await using var api = new TestApi();

        var id = (await api.PostAsync("/e/any", """{"name":"a","data":{"_inngest":{"fn_id":"x"},"b\"":2,"a":{"_inngest":1}}}""")).Ids[0];

        Assert.Equal("""{"a":{"_inngest":1},"b\"":2}""", (await api.GetAsync($"/v1/events/{id}")).Data.GetProperty("data").GetRawText());
    }

    [Fact]
    public async Task Many_events_are_answered_in_their_order_and_an_empty_array_with_no_ids()
    {
        await using var api = new TestApi();

        var sent = await api.PostAsync("/e/any", """[{"name":"a"},{"name":"b"},{"name":"c"}]""");

        var names = new List<string>();
        foreach (var id in sent.Ids)
            names.Add((await api.GetAsync($"/v1/events/{id}")).Data.GetProperty("name").GetString()!);
        Assert.Equal(["a", "b", "c"], names);
        Assert.Equal("""{"ids":[],"status":200}""", (await api.PostAsync("/e/any", "[]")).Text);
    }

    [Fact]
    public async Task An_event_starts_each_function_that_it_triggers_once()
    {
        await using var api = new TestApi();
        var both = TestApi.Function("shop-both", "shop/order").Replace("""[{"event":"shop/order"}]""", """[{"event":"shop/order"},{"event":"shop/*"}]""", StringComparison.Ordinal);
        Assert.Equal(200, (await api.PostAsync("/fn/register", TestApi.Registration($"{TestApi.Function("shop-exact", "shop/order")},{both},{TestApi.Function("shop-other", "shop/refund")}"))).Status);

        var id = (await api.PostAsync("/e/any", """{"name":"shop/order"}""")).Ids[0];

        var runs = (await api.GetAsync($"/v1/events/{id}/runs")).Data.EnumerateArray().ToList();
        Assert.Equal(["shop-both", "shop-exact"], runs.Select(run => run.GetProperty("function").GetString()).Order());
        Assert.All(runs, run => Assert.Equal("Running", run.GetProperty("status").GetString()));
        Assert.All(runs, run => Assert.Equal(id, run.GetProperty("event_id").GetString()));
        var messages = await api.MessagesAsync();
        Assert.Equal(runs.Select(run => run.GetProperty("run_id").GetString()).Order(), messages.Select(message => message.Run.Value).Order());
        Assert.All(messages, message => Assert.True(message.Fresh));
        Assert.Equal(messages.Select(message => message.Run).Order(), (await api.LiveAsync()).Select(entry => entry.Run).Order());
    }

    [Fact]
    public async Task An_event_id_starts_a_function_once_in_24_hours()
    {
        await using var api = new TestApi();
        await api.RegisterAsync("shop/order");
        const string Order = """{"name":"shop/order","id":"order-1"}""";

        var first = (await api.PostAsync("/e/any", Order)).Ids[0];
        api.Time.Advance(TimeSpan.FromHours(23.9));
        var second = (await api.PostAsync("/e/any", Order)).Ids[0];
        api.Time.Advance(TimeSpan.FromHours(0.2));
        var third = (await api.PostAsync("/e/any", Order)).Ids[0];
        api.Time.Advance(TimeSpan.FromHours(23.9));
        var fourth = (await api.PostAsync("/e/any", Order)).Ids[0];

        Assert.NotEqual(first, second);
        Assert.Equal(await RunOfAsync(api, first), await RunOfAsync(api, second));
        Assert.NotEqual(await RunOfAsync(api, first), await RunOfAsync(api, third));
        Assert.Equal(await RunOfAsync(api, third), await RunOfAsync(api, fourth));
    }

    [Fact]
    public async Task Two_events_of_one_id_in_one_request_start_one_run()
    {
        await using var api = new TestApi();
        await api.RegisterAsync("shop/order");

        var sent = await api.PostAsync("/e/any", """[{"name":"shop/order","id":"same"},{"name":"shop/order","id":"same"}]""");

        Assert.Equal(await RunOfAsync(api, sent.Ids[0]), await RunOfAsync(api, sent.Ids[1]));
        Assert.Single(await api.LiveAsync());
        Assert.Single(await api.MessagesAsync(), message => message.Fresh);
    }

    [Fact]
    public async Task A_request_repeated_with_its_seed_gives_the_same_ids_and_the_same_runs()
    {
        await using var api = new TestApi();
        await api.RegisterAsync("shop/order");
        const string Orders = """[{"name":"shop/order"},{"name":"shop/order"}]""";

        var first = await api.PostAsync("/e/any", Orders, ("X-Inngest-Event-Id-Seed", s_seed.ToHeader()));
        api.Time.Advance(TimeSpan.FromSeconds(1));
        var again = await api.PostAsync("/e/any", Orders, ("x-inngest-event-id-seed", s_seed.ToHeader()));
        var other = await api.PostAsync("/e/any", Orders);

        Assert.Equal([s_seed.IdOf(1), s_seed.IdOf(2)], first.Ids);
        Assert.Equal(first.Text, again.Text);
        Assert.Equal(4, (await api.LiveAsync()).Select(entry => entry.Run).Distinct().Count());
        Assert.Equal(4, (await api.Storage.Events.ListAsync(new(100), CancellationToken.None)).Length);
        Assert.Equal(4, (await api.MessagesAsync()).Count(message => message.Fresh));
        Assert.Equal(4, first.Ids.Concat(other.Ids).Distinct().Count());
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("1795492598105,AAEC")]
    [InlineData("281474976710655,AAECAwQFBgcICQ==")]
    [InlineData("-1,AAECAwQFBgcICQ==")]
    public async Task A_seed_that_is_none_is_ignored(string seed)
    {
        await using var api = new TestApi();

        var sent = await api.PostAsync("/e/any", """{"name":"a"}""", ("x-inngest-event-id-seed", seed));

        Assert.Equal(200, sent.Status);
        Assert.Equal(api.Time.GetUtcNow(), Ulid.Parse(sent.Ids[0]).Time);
    }

    [Fact]
    public async Task Five_thousand_events_in_one_request_start_five_thousand_runs()
    {
        await using var api = new TestApi();
        await api.RegisterAsync("shop/order");
        var body = $"[{string.Join(',', Enumerable.Range(0, 5_000).Select(n => $$$"""{"name":"shop/order","data":{"n":{{{n}}}}}"""))}]";

        var sent = await api.PostAsync("/e/any", body);

        Assert.Equal(200, sent.Status);
        Assert.Equal(5_000, sent.Ids.Distinct().Count());
        var messages = await api.MessagesAsync();
        Assert.Equal(5_000, messages.Select(message => message.Run).Distinct().Count());
        var started = await api.Storage.Runs.ReadAsync(messages[0].Run, CancellationToken.None);
        Assert.Equal(RunStatus.Scheduled, Assert.IsType<Ports.ReadRunOutcome.Found>(started).Run.Status);
    }

    public static TheoryData<string, string> Refused => new()
    {
        { "", "The body is not JSON" },
        { "{", "The body is not JSON" },
        { "a=b&c=d", "The body is not JSON" },
        { """{"name":"a"} x""", "The body is not JSON" },
        { """{"name":"a","data":{"n":1e999}}""", "The body is not JSON" },
        { "7", "The body is 7; it must be an event (an object) or an array of events." },
        { "null", "The body is null" },
        { """["x"]""", "events[0] is \"x\"; an event is an object." },
        { """{"data":{}}""", "the event.name is missing" },
        { """{"name":""}""", "the event.name is empty" },
        { """{"name":"   "}""", "the event.name is empty" },
        { """{"name":null}""", "the event.name is missing" },
        { """{"name":5}""", "the event.name is 5; it must be a string." },
        { """{"name":"\ud800"}""", "the event.name is \"\\ud800\"" },
        { $$"""{"name":"{{new string('n', 513)}}"}""", "the event.name has 513 characters" },
        { """[{"name":"a"},{"name":""}]""", "events[1].name is empty" },
        { """{"name":"inngest/function.finished"}""", "the event.name is 'inngest/function.finished': event name is reserved for internal use" },
        { """{"name":"a","data":[1]}""", "the event.data is [1]; it must be an object." },
        { """{"name":"a","data":"x"}""", "the event.data is \"x\"" },
        { """{"name":"a","user":1}""", "the event.user is 1" },
        { """{"name":"a","meta":[]}""", "the event.meta is []" },
        { """{"name":"a","v":2}""", "the event.v is 2" },
        { """{"name":"a","id":7}""", "the event.id is 7" },
        { $$"""{"name":"a","id":"{{new string('i', 513)}}"}""", "the event.id has 513 characters" },
        { """{"name":"a","ts":12}""", "the event.ts is 12; it must lie in the years 1980 to 2099" },
        { """{"name":"a","ts":4102444800000}""", "the event.ts is 4102444800000" },
        { """{"name":"a","ts":"now"}""", "the event.ts is \"now\"" },
        { """{"name":"a","ts":1795492598105.5}""", "the event.ts is 1795492598105.5" },
        { $$$"""[{"name":"a"},{"name":"b","data":{"x":"{{{new string('x', 512 * 1024)}}}"}}]""", "events[1] has 524316 bytes; the limit is 524288 (512 KiB)." },
        { $"[{string.Join(',', Enumerable.Repeat("""{"name":"a"}""", 5_001))}]", "The body holds 5001 events; the most in one request is 5000." },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task What_is_wrong_is_refused_with_a_sentence_and_nothing_is_kept(string body, string sentence)
    {
        await using var api = new TestApi();
        await api.RegisterAsync("a");

        var answer = await api.PostAsync("/e/any", body);

        Assert.Equal(400, answer.Status);
        Assert.Equal(400, answer.Json.GetProperty("status").GetInt32());
        Assert.Empty(answer.Ids);
        Assert.Contains(sentence, answer.Error, StringComparison.Ordinal);
        Assert.Empty(await api.Storage.Events.ListAsync(new(10), CancellationToken.None));
        Assert.Empty(await api.LiveAsync());
        Assert.Empty(await api.MessagesAsync());
    }

    [Fact]
    public async Task Text_that_is_not_utf8_is_refused()
    {
        await using var api = new TestApi();

        var answer = await api.SendAsync("POST", "/e/any", [.. "{\"name\":\""u8, 0xff, .. "\"}"u8]);

        Assert.Equal(400, answer.Status);
        Assert.Contains("UTF-8", answer.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_largest_event_and_the_longest_name_are_taken()
    {
        await using var api = new TestApi();
        var name = new string('n', 512);
        var around = $$"""{"data":{"x":""},"name":"{{name}}"}""".Length;

        var answer = await api.PostAsync("/e/any", $$$"""{"data":{"x":"{{{new string('x', (512 * 1024) - around)}}}"},"name":"{{{name}}}"}""");

        Assert.Equal(200, answer.Status);
    }

    [Fact]
    public async Task Any_unicode_comes_back_as_it_was_sent_half_a_surrogate_pair_too()
    {
        await using var api = new TestApi();

        var id = (await api.PostAsync("/e/any", """{"name":"naïve 🎉/ü","data":{"half":"\ud83d","🎉":"\u2028 \u0001"}}""")).Ids[0];

        var one = await api.GetAsync($"/v1/events/{id}");
        Assert.Equal(200, one.Status);
        Assert.Contains("\"data\":{\"half\":\"\\ud83d\",\"🎉\":\"\u2028 \\u0001\"}", one.Text, StringComparison.Ordinal);
        var list = await api.GetAsync("/v1/events");
        Assert.Equal("naïve 🎉/ü", Assert.Single(list.Data.EnumerateArray()).GetProperty("name").GetString());
    }

    [Fact]
    public async Task Events_are_listed_newest_first_a_page_at_a_time()
    {
        await using var api = new TestApi();
        var ids = new List<string>();
        for (var i = 0; i < 25; i++)
        {
            ids.AddRange((await api.PostAsync("/e/any", $$"""{"name":"{{(i % 5 == 0 ? "five" : "other")}}"}""")).Ids);
            api.Time.Advance(TimeSpan.FromSeconds(1));
        }

        ids.Reverse();
        var page = await api.GetAsync("/v1/events");
        Assert.Equal(ids.Take(20), IdsOf(page));
        Assert.Equal(ids.Skip(20), IdsOf(await api.GetAsync($"/v1/events?cursor={ids[19]}")));
        Assert.Equal(ids.Take(3), IdsOf(await api.GetAsync("/v1/events?limit=3")));
        Assert.Equal(5, IdsOf(await api.GetAsync("/v1/events?name=five")).Length);
        Assert.Equal(ids.Take(4), IdsOf(await api.GetAsync("/v1/events?received_after=2026-11-24T08:00:20Z")));
        Assert.Equal(ids.Skip(20), IdsOf(await api.GetAsync("/v1/events?received_before=2026-11-24T08:00:05Z")));
        Assert.Equal("2026-11-24T08:00:25.000Z", page.Json.GetProperty("metadata").GetProperty("fetched_at").GetString());
        Assert.Equal(JsonValueKind.String, page.Json.GetProperty("metadata").GetProperty("cached_until").ValueKind);
    }

    [Theory]
    [InlineData("limit=0", "limit is '0'; it must be 1 to 100.")]
    [InlineData("limit=101", "limit is '101'")]
    [InlineData("limit=x", "limit is 'x'")]
    [InlineData("received_after=yesterday", "received_after is 'yesterday'")]
    [InlineData("received_before=12:61", "received_before is '12:61'")]
    [InlineData("cursor=not%20an%20id%27", "cursor is 'not an id''")]
    public async Task A_listing_that_cannot_be_made_is_refused(string query, string sentence)
    {
        await using var api = new TestApi();

        var answer = await api.GetAsync($"/v1/events?{query}");

        Assert.Equal(400, answer.Status);
        Assert.Contains(sentence, answer.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/v1/events/01ARZ3NDEKTSV4RRFFQ69G5FAV")]
    [InlineData("/v1/events/01ARZ3NDEKTSV4RRFFQ69G5FAV/runs")]
    [InlineData("/v1/events/nonsense")]
    [InlineData("/v1/events/a%2Fb%23/runs")]
    public async Task An_event_that_is_unknown_is_not_found(string path)
    {
        await using var api = new TestApi();

        var answer = await api.GetAsync(path);

        Assert.Equal(404, answer.Status);
        Assert.Equal(404, answer.Json.GetProperty("status").GetInt32());
        Assert.Contains(Uri.UnescapeDataString(path.Split('/')[3]), answer.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_id_is_found_in_lower_case_too()
    {
        await using var api = new TestApi();

        var id = (await api.PostAsync("/e/any", """{"name":"a"}""")).Ids[0];

        Assert.Equal(200, (await api.GetAsync($"/v1/events/{id.ToLowerInvariant()}")).Status);
    }

    private static string[] IdsOf(TestApi.Answer page) => [.. page.Data.EnumerateArray().Select(one => one.GetProperty("internal_id").GetString()!)];

    private static async Task<string> RunOfAsync(TestApi api, string eventId) =>
        Assert.Single((await api.GetAsync($"/v1/events/{eventId}/runs")).Data.EnumerateArray()).GetProperty("run_id").GetString()!;
}
