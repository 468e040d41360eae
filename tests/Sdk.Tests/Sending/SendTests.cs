using System.Text.Json;
using Stepwell.Protocol;
using Stepwell.Sdk.Sending;
using Stepwell.Sdk.Tests.World;

namespace Stepwell.Sdk.Tests.Sending;

/// <summary>Events go to the executor over HTTP, and again until it has them.</summary>
public class SendTests
{
    private const string Accepted = """{"ids":["01M85TDCB6ZZ3NAJRMPFQZXKFV"],"status":200}""";

    private readonly ImpatientTime _time = new();

    [Fact]
    public async Task An_event_is_named_by_its_type_and_its_id_comes_back()
    {
        await using var executor = await RecordingServer.StartAsync((_, _) => (200, Accepted));
        var client = new StepwellClient("shop", executor.Dev with { EventKey = "key/1" });

        Assert.Equal("01M85TDCB6ZZ3NAJRMPFQZXKFV", await client.SendAsync(new Started(1, "Ada")));

        var request = Assert.Single(executor.Requests);
        Assert.Equal("/e/key%2F1", request.Path.Replace("key/1", "key%2F1", StringComparison.Ordinal));
        Assert.Equal("""[{"data":{"customer":"Ada","number":1},"name":"shop/started"}]""", request.Body);
        Assert.Equal("application/json", request.Header("content-type"));
        Assert.StartsWith("stepwell:v", request.Header(ProtocolHeaders.Sdk), StringComparison.Ordinal);
        Assert.Null(request.Header("authorization"));
    }

    [Fact]
    public async Task An_event_of_your_own_making_keeps_its_name_id_time_and_version()
    {
        await using var executor = await RecordingServer.StartAsync((_, _) => (200, Accepted));

        await new StepwellClient("shop", executor.Dev).SendAsync(new Event("shop/odd", JsonElement.Parse("""{"x":1}"""))
        {
            Id = "invite-2026-11",
            Timestamp = DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_123),
            Version = "2",
        });

        Assert.Equal("""[{"data":{"x":1},"id":"invite-2026-11","name":"shop/odd","ts":1700000000123,"v":"2"}]""", Assert.Single(executor.Requests).Body);
    }

    [Fact]
    public async Task Many_events_go_in_one_request_and_their_ids_come_back_in_order()
    {
        var ids = Enumerable.Range(0, 5_000).Select(i => $"id-{i}").ToList();
        await using var executor = await RecordingServer.StartAsync((_, _) => (200, $$"""{"ids":{{JsonSerializer.Serialize(ids)}},"status":200}"""));

        var sent = await new StepwellClient("shop", executor.Dev).SendManyAsync(Enumerable.Range(0, 5_000).Select(i => new Started(i)));

        Assert.Equal(ids, sent);
        using var body = JsonDocument.Parse(Assert.Single(executor.Requests).Body);
        Assert.Equal(Enumerable.Range(0, 5_000), body.RootElement.EnumerateArray().Select(one => one.GetProperty("data").GetProperty("number").GetInt32()));
    }

    [Theory]
    [InlineData(408)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(0)]
    public async Task After_a_failure_the_very_same_request_is_sent_again(int status)
    {
        await using var executor = await RecordingServer.StartAsync((_, number) => number < 3 ? (status, "") : (200, Accepted));

        var ids = await Sender(executor).SendAsync([new Started(1)], CancellationToken.None);

        Assert.Equal(["01M85TDCB6ZZ3NAJRMPFQZXKFV"], ids);
        Assert.Equal(4, executor.Requests.Count);
        Assert.Single(executor.Requests.Select(request => request.Body).Distinct());
        var seed = Assert.Single(executor.Requests.Select(request => request.Header(ProtocolHeaders.EventIdSeed)).Distinct());
        Assert.Matches("^[0-9]{13},[A-Za-z0-9+/]{14}==$", seed);
    }

    [Fact]
    public async Task Each_send_has_a_seed_of_its_own()
    {
        await using var executor = await RecordingServer.StartAsync((_, _) => (200, Accepted));
        var client = new StepwellClient("shop", executor.Dev);

        await client.SendAsync(new Started(1));
        await client.SendAsync(new Started(1));

        Assert.Equal(2, executor.Requests.Select(request => request.Header(ProtocolHeaders.EventIdSeed)).Distinct().Count());
    }

    [Fact]
    public async Task After_six_tries_with_growing_pauses_it_gives_up_and_says_why()
    {
        await using var executor = await RecordingServer.StartAsync((_, _) => (503, """{"ids":[],"status":503,"error":"storage is down"}"""));

        var exception = await Assert.ThrowsAsync<StepwellException>(() => Sender(executor).SendAsync([new Started(1)], CancellationToken.None));

        Assert.Equal(6, executor.Requests.Count);
        Assert.Contains($"could not be sent to {executor.Url} in 6 tries", exception.Message, StringComparison.Ordinal);
        Assert.Contains("answered 503: storage is down", exception.Message, StringComparison.Ordinal);
        Assert.Equal(5, _time.Pauses.Count);
        Assert.All(_time.Pauses.Select((pause, i) => pause.TotalMilliseconds / (100 << i)), times => Assert.InRange(times, 1, 2));
    }

    [Fact]
    public async Task A_refusal_is_not_repeated_and_the_executors_sentence_is_passed_on()
    {
        await using var executor = await RecordingServer.StartAsync((_, _) => (401, """{"status":401,"message":"","error":"Event key not found"}"""));

        var exception = await Assert.ThrowsAsync<StepwellException>(() => Sender(executor).SendAsync([new Started(1)], CancellationToken.None));

        Assert.Single(executor.Requests);
        Assert.Contains("answered 401: Event key not found", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_events_than_one_request_takes_are_refused_before_anything_is_sent()
    {
        await using var executor = await RecordingServer.StartAsync((_, _) => (200, Accepted));

        var exception = await Assert.ThrowsAsync<ArgumentException>(() => new StepwellClient("shop", executor.Dev).SendManyAsync(Enumerable.Range(0, 5_001).Select(i => new Started(i))));

        Assert.Contains("more than 5000 events", exception.Message, StringComparison.Ordinal);
        Assert.Empty(executor.Requests);
    }

    [Theory]
    [InlineData(1, "[]")]
    [InlineData(2, "[\"01M85TDCB6ZZ3NAJRMPFQZXKFV\"]")]
    public async Task Fewer_ids_than_events_are_no_success_and_are_not_asked_for_again(int events, string ids)
    {
        await using var executor = await RecordingServer.StartAsync((_, _) => (200, $$"""{"ids":{{ids}},"status":200}"""));

        var exception = await Assert.ThrowsAsync<StepwellException>(() => Sender(executor).SendAsync(Enumerable.Range(0, events).Select(i => new Started(i)), CancellationToken.None));

        Assert.Contains($"took {events} events and answered with {events - 1} ids", exception.Message, StringComparison.Ordinal);
        Assert.Single(executor.Requests);
    }

    [Theory]
    [InlineData("<html>Sign in</html>")]
    [InlineData("{\"ids\":")]
    [InlineData("{}")]
    public async Task What_is_no_answer_of_an_executor_is_no_success(string body)
    {
        await using var executor = await RecordingServer.StartAsync((_, _) => (200, body));

        await Assert.ThrowsAsync<StepwellException>(() => Sender(executor).SendAsync([new Started(1)], CancellationToken.None));
    }

    [Fact]
    public async Task Nobody_listening_is_said_with_the_address()
    {
        var settings = ClientSettings.Resolve(new StepwellOptions { IsDev = true, BaseUrl = new Uri("http://127.0.0.1:1") }, _ => null);

        var exception = await Assert.ThrowsAsync<StepwellException>(() => Sender(settings).SendAsync([new Started(1)], CancellationToken.None));

        Assert.Contains("http://127.0.0.1:1", exception.Message, StringComparison.Ordinal);
        Assert.IsType<HttpRequestException>(exception.InnerException);
    }

    [Fact]
    public async Task A_type_without_a_name_is_refused_before_anything_is_sent()
    {
        await using var executor = await RecordingServer.StartAsync((_, _) => (200, Accepted));

        var exception = await Assert.ThrowsAsync<ArgumentException>(() => new StepwellClient("shop", executor.Dev).SendAsync("text"));

        Assert.Contains("System.String has no [Event(\"name\")] attribute", exception.Message, StringComparison.Ordinal);
        Assert.Empty(executor.Requests);
    }

    [Fact]
    public async Task In_production_an_event_key_is_needed()
    {
        var settings = ClientSettings.Resolve(new StepwellOptions { IsDev = false, BaseUrl = new Uri("http://127.0.0.1:1") }, _ => null);

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => Sender(settings).SendAsync([new Started(1)], CancellationToken.None));

        Assert.Contains("INNGEST_EVENT_KEY", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cancelled_send_ends_at_once()
    {
        await using var executor = await RecordingServer.StartAsync((_, _) => (503, ""));
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Sender(executor).SendAsync([new Started(1)], cancelled.Token));
    }

    private EventSender Sender(RecordingServer executor) => Sender(ClientSettings.Resolve(executor.Dev, _ => null));

    private EventSender Sender(ClientSettings settings) => new(StepwellClient.Http, settings, new StepJson(JsonSerializerOptions.Web), _time);
}
