using System.Net;
using System.Net.Sockets;
using Stepwell.Executor.Invocation;

namespace Stepwell.Executor.Tests.Invocation;

/// <summary>Calls of apps to which no connection can be made. Where HTTP/2 may be negotiated the pool makes one attempt after the other.</summary>
public sealed class ConnectFailureTests
{
    private const int Calls = 8;
    private const string Example = "https://app.example/api?stepId=step";

    // Longer than anything here takes; what waits in vain fails instead of hanging.
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    private static readonly ConnectTimes s_short = new() { Reaching = TimeSpan.FromSeconds(1), SharedFrom = TimeSpan.FromSeconds(0.5) };
    private static readonly ConnectTimes s_sharing = new() { SharedFrom = TimeSpan.Zero };

    [Fact]
    public void An_address_is_to_be_reached_within_15_seconds_and_a_connection_made_within_30()
    {
        Assert.Equal((TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(30)), (ConnectTimes.Default.Reaching, ConnectTimes.Default.Whole));
        using var handler = AppConnections.CreateHandler();
        Assert.Equal(ConnectTimes.Default.Whole, handler.ConnectTimeout);
    }

    [Fact]
    public async Task Calls_that_waited_while_no_address_was_found_fail_together()
    {
        var attempts = 0;
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var caller = new TestCaller(AppConnections.CreateHandler(
            async (_, cancellationToken) =>
            {
                Interlocked.Increment(ref attempts);
                await begun.Task.WaitAsync(cancellationToken);
                throw new SocketException((int)SocketError.HostNotFound);
            },
            s_sharing));

        var calls = CallSideBySideAsync(caller, new Uri(Example));
        begun.SetResult();
        var messages = await calls;

        Assert.Equal(1, attempts);
        Assert.Contains(" failed: ", Assert.Single(messages.Distinct()), StringComparison.Ordinal);

        // The next one tries for itself.
        await caller.BrokenAsync(new Uri(Example)).WaitAsync(s_patience);
        Assert.Equal(2, attempts);
    }

    [Fact]
    public async Task Calls_that_waited_while_the_search_for_an_address_did_not_end_fail_together()
    {
        var attempts = 0;
        // It does not heed its token, as the system's on Linux.
        using var caller = new TestCaller(AppConnections.CreateHandler(
            (_, _) =>
            {
                Interlocked.Increment(ref attempts);
                return new TaskCompletionSource<IPAddress[]>().Task;
            },
            s_short));

        var messages = await CallSideBySideAsync(caller, new Uri(Example));

        Assert.Equal(1, attempts);
        Assert.Contains("failed: no connection was made within 1 s", Assert.Single(messages.Distinct()), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task An_attempt_that_the_pool_ends_is_told_as_its_timeout()
    {
        var handler = AppConnections.CreateHandler((_, _) => new TaskCompletionSource<IPAddress[]>().Task);
        handler.ConnectTimeout = TimeSpan.FromSeconds(1);
        using var caller = new TestCaller(handler);

        var message = await caller.BrokenAsync(new Uri(Example)).WaitAsync(s_patience);

        Assert.Contains("failed: A connection could not be established within", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Calls_that_waited_while_an_app_was_silent_in_the_handshake_fail_together()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        using var caller = new TestCaller(CreateHandler(s_short));

        var messages = await CallSideBySideAsync(caller, new Uri($"https://{silent.LocalEndpoint}/api?stepId=step"));

        Assert.Single(messages, message => message.Contains("failed: A connection could not be established within", StringComparison.Ordinal));
        Assert.Equal(Calls - 1, messages.Count(message => message.Contains("failed: the TLS handshake came to nothing after ", StringComparison.OrdinalIgnoreCase)));
        // They share the one connection that was made.
        silent.AcceptSocket().Dispose();
        Assert.False(silent.Pending());
    }

    [Fact]
    public async Task Calls_that_waited_while_an_app_broke_the_handshake_off_fail_together()
    {
        using var breaking = new TcpListener(IPAddress.Loopback, 0);
        breaking.Start();
        using var caller = new TestCaller(CreateHandler(s_sharing));

        var calls = CallSideBySideAsync(caller, new Uri($"https://{breaking.LocalEndpoint}/api?stepId=step"));
        (await breaking.AcceptSocketAsync().WaitAsync(s_patience)).Dispose();
        var messages = await calls;

        Assert.Equal(Calls - 1, messages.Count(message => message.Contains("failed: the TLS handshake came to nothing after ", StringComparison.OrdinalIgnoreCase)));
        Assert.False(breaking.Pending());
    }

    [Fact]
    public async Task A_connection_that_was_made_ends_the_sharing_of_a_failure()
    {
        await using var app = LocalApp.Of(LocalApp.Reply.OfApp(200, "null", ("connection", "close")));
        var attempts = 0;
        using var http = new HttpMessageInvoker(AppConnections.CreateHandler(
            (_, _) => ++attempts == 1 ? throw new SocketException((int)SocketError.HostNotFound) : Task.FromResult<IPAddress[]>([IPAddress.Loopback]),
            s_sharing));
        var url = new Uri($"http://app.example:{app.Url.Port}/");
        using var first = CallOf(url);
        using var second = CallOf(url);
        await Assert.ThrowsAsync<HttpRequestException>(() => http.SendAsync(first, CancellationToken.None));
        await Assert.ThrowsAsync<HttpRequestException>(() => http.SendAsync(second, CancellationToken.None));
        using var later = CallOf(url);
        using var answered = await http.SendAsync(later, CancellationToken.None);

        using var again = await http.SendAsync(second, CancellationToken.None);

        Assert.Equal(3, attempts);
    }

    [Fact]
    public async Task What_is_no_call_of_an_app_shares_no_failure()
    {
        var attempts = 0;
        using var http = new HttpMessageInvoker(AppConnections.CreateHandler(
            (_, _) =>
            {
                attempts++;
                throw new SocketException((int)SocketError.HostNotFound);
            },
            s_sharing));
        using var call = CallOf(new Uri(Example));
        using var other = new HttpRequestMessage(HttpMethod.Post, Example);
        await Assert.ThrowsAsync<HttpRequestException>(() => http.SendAsync(other, CancellationToken.None));

        await Assert.ThrowsAsync<HttpRequestException>(() => http.SendAsync(call, CancellationToken.None));
        Assert.Equal(2, attempts);

        await Assert.ThrowsAsync<HttpRequestException>(() => http.SendAsync(other, CancellationToken.None));
        Assert.Equal(3, attempts);
    }

    private static HttpRequestMessage CallOf(Uri url)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, url);
        WaitingCall.Begin(request);
        return request;
    }

    private static SocketsHttpHandler CreateHandler(ConnectTimes times) => AppConnections.CreateHandler(Dns.GetHostAddressesAsync, times);

    private static Task<string[]> CallSideBySideAsync(TestCaller caller, Uri url) =>
        Task.WhenAll(Enumerable.Range(0, Calls).Select(_ => caller.BrokenAsync(url))).WaitAsync(s_patience);
}
