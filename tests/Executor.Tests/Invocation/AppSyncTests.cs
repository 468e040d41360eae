using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Stepwell.Executor.Invocation;
using Stepwell.Executor.Operations;
using Stepwell.Executor.Storage.InMemory;
using Stepwell.Protocol.Signing;

namespace Stepwell.Executor.Tests.Invocation;

/// <summary>Apps that are asked to register.</summary>
public sealed class AppSyncTests : IDisposable
{
    private const string Registration = """
        {"app_id":"shop","appVersion":"7","capabilities":{"trust_probe":"v1","connect":"v1"},"env":null,"framework":"express","functions":[
          {"id":"shop-a","name":"A","triggers":[{"event":"a"}],"steps":{"step":{"id":"step","name":"step","runtime":{"type":"http","url":"http://127.0.0.1:1/api?fnId=shop-a&stepId=step"},"retries":{"attempts":2}}}}],
         "inspection":{"schema_version":"2024-05-24"},"sdk_author":"inngest","sdk_language":"","sdk_version":"","sdk":"js:v4.24.0","url":"http://127.0.0.1:1/api"}
        """;

    private static readonly SigningKey s_key = SigningKey.Parse("signkey-test-00112233445566778899aabbccddeeff");
    private static readonly SigningKey s_old = SigningKey.Parse("signkey-test-ffeeddccbbaa99887766554433221100");

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 24, 8, 0, 0, TimeSpan.Zero));
    private readonly HttpClient _http = new(AppConnections.CreateHandler());
    private readonly InMemoryStorage _storage;

    public AppSyncTests() => _storage = new InMemoryStorage(_time);

    [Fact]
    public async Task An_app_that_answers_with_its_registration_is_registered()
    {
        await using var app = LocalApp.Of(InBand(Registration));

        Assert.Equal("", await AskAsync(app));

        var asked = Assert.Single(app.Requests);
        Assert.StartsWith("PUT /api ", asked.Line, StringComparison.Ordinal);
        Assert.Equal($$"""{"url":"{{app.Origin}}/api"}""", asked.Text);
        Assert.Equal(("in_band", "dev"), (asked.Headers["x-inngest-sync-kind"], asked.Headers["x-inngest-server-kind"]));
        Assert.False(asked.Headers.ContainsKey("x-inngest-signature"));
        var registered = Assert.Single((await _storage.Apps.ReadAsync(CancellationToken.None)).Apps);
        Assert.Equal(("shop", "http://127.0.0.1:1/api", "js:v4.24.0", "express"), (registered.Id, registered.Url, registered.Sdk, registered.Framework));
        Assert.Equal("shop-a", Assert.Single(registered.Functions).Id);
    }

    [Fact]
    public async Task An_app_that_has_told_the_API_itself_needs_nothing_more()
    {
        await using var app = LocalApp.Of(LocalApp.Reply.OfApp(200, """{"message":"Successfully registered","modified":true}""", ("x-inngest-sync-kind", "out_of_band")));

        Assert.Equal("", await AskAsync(app));

        Assert.Empty((await _storage.Apps.ReadAsync(CancellationToken.None)).Apps);
    }

    [Fact]
    public async Task With_keys_the_request_is_signed_and_an_answer_signed_with_either_key_is_taken()
    {
        foreach (var key in (SigningKey[])[s_key, s_old])
        {
            await using var app = LocalApp.Of(InBand(Registration, key.Sign(Encoding.UTF8.GetBytes(Registration), _time.GetUtcNow())));

            Assert.Equal("", await AskAsync(app, new SigningKeys(s_key, s_old)));

            var asked = Assert.Single(app.Requests);
            Assert.Equal(SignatureCheck.Valid, s_key.Verify(asked.Body, asked.Headers["x-inngest-signature"], _time.GetUtcNow()));
        }
    }

    [Fact]
    public async Task With_keys_an_answer_that_is_not_signed_with_them_is_not_taken()
    {
        await using var unsigned = LocalApp.Of(InBand(Registration));
        await using var foreign = LocalApp.Of(InBand(Registration, s_old.Sign(Encoding.UTF8.GetBytes(Registration), _time.GetUtcNow())));

        Assert.Equal("its answer is not signed with the executor's signing key (Missing)", await AskAsync(unsigned, new SigningKeys(s_key)));
        Assert.Equal("its answer is not signed with the executor's signing key (Mismatch)", await AskAsync(foreign, new SigningKeys(s_key)));

        Assert.Empty((await _storage.Apps.ReadAsync(CancellationToken.None)).Apps);
    }

    [Theory]
    [InlineData(401, """{"message":"Unauthorized"}""", """it answered 401: {"message":"Unauthorized"} (its signing key and the executor's differ)""")]
    [InlineData(404, "no such page", "it answered 404: no such page")]
    [InlineData(200, "[]", "its answer is no registration")]
    [InlineData(200, "{}", "appName is missing or empty")]
    [InlineData(200, """{"app_id":"shop","url":"here","functions":[]}""", "url is 'here'")]
    public async Task An_answer_that_is_no_registration_is_told_of(int status, string body, string problem)
    {
        await using var app = LocalApp.Of(InBand(body) with { Status = status });

        Assert.StartsWith(problem, await AskAsync(app), StringComparison.Ordinal);
        Assert.Empty((await _storage.Apps.ReadAsync(CancellationToken.None)).Apps);
    }

    [Fact]
    public async Task An_app_that_is_not_there_is_told_of()
    {
        var app = LocalApp.Of(InBand(Registration));
        await app.DisposeAsync();

        Assert.StartsWith("it does not answer (Connection refused", await AskAsync(app), StringComparison.Ordinal);
    }

    public void Dispose() => _http.Dispose();

    private Task<string> AskAsync(LocalApp app, SigningKeys? keys = null)
    {
        var options = new EngineOptions { SigningKeys = keys };
        var sync = new SyncApp(_storage.Apps, new AppDirectory(_storage.Apps, _time, options), _time, NullLogger<SyncApp>.Instance);
        return new AppSync(_http, sync, options, _time).AskAsync(new Uri($"{app.Origin}/api"), "dev", CancellationToken.None);
    }

    private static LocalApp.Reply InBand(string body, string? signature = null) => LocalApp.Reply.OfApp(
        200, body, [("x-inngest-sync-kind", "in_band"), .. signature is null ? [] : new[] { ("x-inngest-signature", signature) }]);
}
