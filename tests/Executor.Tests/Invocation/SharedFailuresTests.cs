using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Time.Testing;
using Stepwell.Executor.Invocation;

namespace Stepwell.Executor.Tests.Invocation;

/// <summary>Which calls an attempt to connect that failed is told.</summary>
public sealed class SharedFailuresTests
{
    private static readonly DnsEndPoint s_app = new("app.example", 443);

    private readonly FakeTimeProvider _time = new();
    private readonly SharedFailures _failures;

    public SharedFailuresTests() => _failures = new SharedFailures(ConnectTimes.Default, _time);

    [Fact]
    public void Calls_that_began_before_it_failed_are_told_and_later_ones_are_not()
    {
        var earlier = new WaitingCall();
        _failures.Failed(s_app, "no luck", TimeSpan.FromSeconds(1));
        var later = new WaitingCall();

        Assert.Equal("no luck", Told(earlier));
        Assert.Null(Told(later));
        _failures.Share(new DnsEndPoint("other.example", 443), earlier);
    }

    [Fact]
    public void What_failed_within_a_second_is_not_shared()
    {
        var call = new WaitingCall();
        _failures.Failed(s_app, "refused", TimeSpan.FromMilliseconds(999));

        Assert.Null(Told(call));
        Assert.Equal(0, _failures.Count);
    }

    [Fact]
    public void Nothing_is_told_after_a_connection_was_made()
    {
        var call = new WaitingCall();
        _failures.Failed(s_app, "no luck", TimeSpan.FromSeconds(1));
        _failures.Succeeded(s_app);

        Assert.Null(Told(call));
    }

    [Fact]
    public void Failures_are_kept_for_a_minute()
    {
        var call = new WaitingCall();
        _failures.Failed(s_app, "no luck", TimeSpan.FromSeconds(1));

        _time.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal("no luck", Told(call));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(Told(call));

        // They go with the next one, also when that is none to be shared.
        _failures.Failed(new DnsEndPoint("other.example", 443), "refused", TimeSpan.Zero);
        Assert.Equal(0, _failures.Count);
    }

    [Fact]
    public void A_connection_that_is_closed_before_the_handshake_has_ended_is_a_failure()
    {
        var call = new WaitingCall();
        var attempt = Attempt(call);
        _time.Advance(TimeSpan.FromSeconds(5));
        attempt.Closed();

        Assert.Equal("the TLS handshake came to nothing after 5 s", Told(call));
    }

    [Fact]
    public void A_connection_that_came_about_is_none_when_it_is_closed()
    {
        var call = new WaitingCall();
        var attempt = Attempt(call);
        call.Connected();
        _time.Advance(TimeSpan.FromMinutes(5));
        attempt.Closed();

        Assert.Null(Told(call));
    }

    [Theory]
    [InlineData(14, null)]
    [InlineData(15, "the TLS handshake came to nothing after 15 s")]
    [InlineData(30, "the TLS handshake came to nothing after 30 s")]
    public void An_attempt_that_the_pool_ended_is_one_only_after_15_seconds(int seconds, string? told)
    {
        var call = new WaitingCall();
        var attempt = Attempt(call, new CancellationToken(canceled: true));
        _time.Advance(TimeSpan.FromSeconds(seconds));
        attempt.Closed();

        Assert.Equal(told, Told(call));
    }

    [Fact]
    public async Task A_call_knows_that_a_connection_came_about()
    {
        await using var plain = LocalApp.Of(LocalApp.Reply.OfApp(200, "null"));
        Assert.True(await ConnectsAsync(plain.Url, _ => { }));
    }

    [Theory]
    [InlineData(HttpProtocols.Http1)]
    [InlineData(HttpProtocols.Http1AndHttp2)]
    public async Task A_call_knows_that_a_connection_came_about_with_tls(HttpProtocols protocols)
    {
        await using var app = await TlsApp.StartAsync(protocols, TlsApp.ReturnNullAsync);
        Assert.True(await ConnectsAsync(app.Url, app.Trust));
    }

    private static async Task<bool> ConnectsAsync(Uri url, Action<SocketsHttpHandler> configure)
    {
        using var handler = AppConnections.CreateHandler();
        configure(handler);
        using var http = new HttpMessageInvoker(handler);
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionOrLower };
        WaitingCall.Begin(request);
        Assert.True(WaitingCall.TryFind(request, out var call));
        Assert.False(call.IsConnected);

        using var response = await http.SendAsync(request, CancellationToken.None);

        return call.IsConnected;
    }

    private ConnectAttempt Attempt(WaitingCall call, CancellationToken ended = default) => new(s_app, call, _failures, ConnectTimes.Default, _time, ended);

    /// <summary>The failure of which a call is told when an attempt is to be made for it; null when there is none.</summary>
    private string? Told(WaitingCall call)
    {
        try
        {
            _failures.Share(s_app, call);
            return null;
        }
        catch (HttpRequestException exception)
        {
            return exception.Message;
        }
    }
}
