using Stepwell.Executor.Operations;
using Stepwell.Executor.Ports;
using Stepwell.Protocol.Signing;

namespace Stepwell.Executor.Tests.Invocation;

public sealed class RedirectTests
{
    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_redirect_to_another_origin_is_not_followed_and_named(int status)
    {
        await using var elsewhere = LocalApp.Of(LocalApp.Reply.OfApp(200, "\"stolen\""));
        await using var app = LocalApp.Of(LocalApp.Reply.Of(status, "", ("location", elsewhere.Url.ToString())));
        using var caller = new TestCaller();

        var message = await caller.BrokenAsync(app.Url);

        Assert.Empty(elsewhere.Requests);
        Assert.Contains($"POST {app.Url} was answered {status}", message, StringComparison.Ordinal);
        Assert.Contains($"location: '{elsewhere.Url}'", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_redirect_to_what_is_no_address_is_not_followed_and_named()
    {
        await using var app = LocalApp.Of(LocalApp.Reply.Of(307, "", ("location", "//[")));
        using var caller = new TestCaller();

        Assert.Contains("location: '//['", await caller.BrokenAsync(app.Url), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_redirect_within_the_origin_that_keeps_the_method_is_followed_with_body_and_signature(int status)
    {
        await using var app = LocalApp.Of(request => request.Target.StartsWith("/moved", StringComparison.Ordinal)
            ? LocalApp.Reply.OfApp(200, "\"here\"")
            : LocalApp.Reply.Of(status, "", ("location", "/moved?fnId=shop-f&stepId=step")));
        var key = SigningKey.Parse("signkey-test-12345678abcdef00");
        using var caller = new TestCaller(new EngineOptions { SigningKeys = new SigningKeys(key) });

        var answer = await caller.CallAsync(app.Url);

        Assert.Equal("\"here\"", Assert.IsType<AppAnswer.Returned>(answer).Output.ToString());
        Assert.Equal(2, app.Requests.Count);
        Assert.Single(app.Requests.Select(request => request.Text).Distinct());
        Assert.All(app.Requests, request =>
            Assert.Equal(SignatureCheck.Valid, key.Verify(request.Body, request.Headers["x-inngest-signature"], caller.Time.GetUtcNow())));
    }

    [Fact]
    public async Task Another_port_is_another_origin()
    {
        await using var app = LocalApp.Of(LocalApp.Reply.Of(307, "", ("location", "http://127.0.0.1:1/api")));
        using var caller = new TestCaller();

        Assert.Contains("location: 'http://127.0.0.1:1/api'", await caller.BrokenAsync(app.Url), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_circle_of_redirects_ends()
    {
        await using var app = LocalApp.Of(LocalApp.Reply.Of(308, "", ("location", "/api/again")));
        using var caller = new TestCaller();

        Assert.Contains("answered 308", await caller.BrokenAsync(app.Url), StringComparison.Ordinal);
        Assert.Equal(4, app.Requests.Count);
    }

    [Fact]
    public async Task A_redirect_without_a_place_is_a_failed_call()
    {
        await using var app = LocalApp.Of(LocalApp.Reply.Of(307, ""));
        using var caller = new TestCaller();

        Assert.Contains("answered 307", await caller.BrokenAsync(app.Url), StringComparison.Ordinal);
        Assert.Single(app.Requests);
    }
}
