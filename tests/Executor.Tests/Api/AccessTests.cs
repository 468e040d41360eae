using Stepwell.Executor.Api;
using Stepwell.Protocol.Signing;

namespace Stepwell.Executor.Tests.Api;

public sealed class AccessTests
{
    private static readonly SigningKey s_key = SigningKey.Parse("signkey-test-12345678abcdef00");
    private static readonly SigningKey s_fallback = SigningKey.Parse("signkey-test-00ff");
    private static readonly ApiOptions s_options = new() { EventKeys = ["first key/1", "second"], SigningKeys = new SigningKeys(s_key, s_fallback) };

    [Theory]
    [InlineData("first%20key%2F1", 200)]
    [InlineData("second", 200)]
    [InlineData("third", 401)]
    [InlineData("secon", 401)]
    [InlineData("SECOND", 401)]
    [InlineData("NO_EVENT_KEY_SET", 401)]
    public async Task Events_are_taken_from_who_knows_an_event_key(string key, int status)
    {
        await using var api = new TestApi(s_options);

        var answer = await api.PostAsync($"/e/{key}", """{"name":"a"}""", Bearer(s_key.BearerToken));

        Assert.Equal(status, answer.Status);
        if (status == 401)
        {
            Assert.Equal("Event key not found", answer.Error);
            Assert.Equal(401, answer.Json.GetProperty("status").GetInt32());
            Assert.Empty(await api.Storage.Events.ListAsync(new(1), CancellationToken.None));
        }
    }

    public static TheoryData<string, string> Guarded => new()
    {
        { "POST", "/fn/register" },
        { "GET", "/dev" },
        { "GET", "/v1/events" },
        { "GET", "/v1/events/01ARZ3NDEKTSV4RRFFQ69G5FAV" },
        { "GET", "/v1/events/01ARZ3NDEKTSV4RRFFQ69G5FAV/runs" },
        { "GET", "/v1/runs/01ARZ3NDEKTSV4RRFFQ69G5FAV" },
        { "DELETE", "/v1/runs/01ARZ3NDEKTSV4RRFFQ69G5FAV" },
        { "GET", "/v0/runs/01ARZ3NDEKTSV4RRFFQ69G5FAV/actions" },
        { "GET", "/v0/runs/01ARZ3NDEKTSV4RRFFQ69G5FAV/batch" },
    };

    [Theory]
    [MemberData(nameof(Guarded))]
    public async Task All_else_is_done_for_who_knows_the_hashed_signing_key(string method, string path)
    {
        await using var api = new TestApi(s_options);
        var body = method == "POST" ? TestApi.Registration("") : "";

        Assert.NotEqual(401, (await api.SendAsync(method, path, body, Bearer(s_key.BearerToken))).Status);
        Assert.NotEqual(401, (await api.SendAsync(method, path, body, Bearer(s_fallback.BearerToken))).Status);
        Assert.NotEqual(401, (await api.SendAsync(method, path, body, ("authorization", $"bearer  {s_key.BearerToken} "))).Status);
        foreach (var wrong in new[] { "Bearer undefined", "Bearer ", "Bearer signkey-test-12345678abcdef00", $"Basic {s_key.BearerToken}", s_key.BearerToken, $"Bearer {s_key.BearerToken}0", "Bearer second", "" })
        {
            var answer = await api.SendAsync(method, path, body, ("authorization", wrong));
            Assert.Equal(401, answer.Status);
            Assert.Equal(401, answer.Json.GetProperty("status").GetInt32());
            Assert.DoesNotContain(s_key.BearerToken, answer.Text, StringComparison.Ordinal);
        }

        Assert.Equal(401, (await api.SendAsync(method, path, body)).Status);
    }

    [Fact]
    public async Task Without_a_fallback_only_the_one_key_opens()
    {
        await using var api = new TestApi(s_options with { SigningKeys = new SigningKeys(s_key) });

        Assert.Equal(200, (await api.GetAsync("/v1/events", Bearer(s_key.BearerToken))).Status);
        Assert.Equal(401, (await api.GetAsync("/v1/events", Bearer(s_fallback.BearerToken))).Status);
    }

    [Fact]
    public async Task A_server_that_knows_no_keys_opens_to_nobody()
    {
        await using var api = new TestApi(new ApiOptions());

        Assert.Equal(401, (await api.PostAsync("/e/any", """{"name":"a"}""")).Status);
        Assert.Equal(401, (await api.GetAsync("/v1/events", ("authorization", "Bearer "))).Status);
    }

    [Fact]
    public async Task In_development_no_key_is_asked_for_and_health_never_asks_for_one()
    {
        await using var dev = new TestApi();
        await using var cloud = new TestApi(s_options);

        Assert.Equal(200, (await dev.GetAsync("/v1/events")).Status);
        Assert.Equal(200, (await dev.PostAsync("/e/whatever", """{"name":"a"}""", Bearer("undefined"))).Status);
        Assert.Equal(200, (await dev.GetAsync("/health")).Status);
        Assert.Equal(200, (await cloud.GetAsync("/health")).Status);
        Assert.Equal(("dev", "cloud"), (dev.Handler.ServerKind, cloud.Handler.ServerKind));
    }

    [Theory]
    [InlineData("GET", "/", 404)]
    [InlineData("GET", "/nowhere", 404)]
    [InlineData("GET", "/v1", 404)]
    [InlineData("POST", "/e", 404)]
    [InlineData("POST", "/e/key/more", 404)]
    [InlineData("GET", "/v1/runs/x/y", 404)]
    [InlineData("GET", "/e/key", 405)]
    [InlineData("PUT", "/fn/register", 405)]
    [InlineData("POST", "/v1/runs/x", 405)]
    [InlineData("DELETE", "/v1/events", 405)]
    public async Task A_path_or_a_method_that_is_not_there_is_answered_so(string method, string path, int status)
    {
        await using var api = new TestApi();

        var answer = await api.SendAsync(method, path);

        Assert.Equal(status, answer.Status);
        Assert.Equal(status, answer.Json.GetProperty("status").GetInt32());
        Assert.Contains(path, answer.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_method_that_is_not_there_is_answered_with_those_that_are()
    {
        await using var api = new TestApi();

        var response = await api.Handler.HandleAsync(new ApiRequest("POST", "/v1/runs/x", _ => null, _ => null, default), CancellationToken.None);

        Assert.Equal(405, response.Status);
        Assert.Equal(["DELETE", "GET"], response.Allow!.Split(", ").Order(StringComparer.Ordinal));
        Assert.Null((await api.Handler.HandleAsync(new ApiRequest("GET", "/nowhere", _ => null, _ => null, default), CancellationToken.None)).Allow);
    }

    private static (string, string) Bearer(string token) => ("Authorization", $"Bearer {token}");
}
