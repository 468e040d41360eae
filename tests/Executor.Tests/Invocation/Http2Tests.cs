using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Stepwell.Executor.Operations;
using Stepwell.Executor.Ports;

namespace Stepwell.Executor.Tests.Invocation;

/// <summary>Apps behind TLS are called by HTTP/2 where they offer it.</summary>
public sealed class Http2Tests
{
    private const int Calls = 32;

    // Longer than anything here takes; what waits in vain fails instead of hanging.
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Calls_side_by_side_share_a_connection_of_http_2()
    {
        await using var app = await TlsApp.StartAsync(HttpProtocols.Http1AndHttp2, AnswersOnce(Calls));
        using var caller = new TestCaller(configure: app.Trust);

        var answers = await CallSideBySideAsync(caller, app.Url);

        Assert.All(answers, answer => Assert.IsType<AppAnswer.Returned>(answer));
        Assert.Equal(Calls, app.Requests.Count);
        Assert.All(app.Requests, request => Assert.Equal("HTTP/2", request.Protocol));
        Assert.All(app.Requests, request => Assert.Equal("01ARZ3NDEKTSV4RRFFQ69G5FAV", request.Headers["x-run-id"]));
        // Which connection is the first to be made is a race of two; they are not as many as the calls.
        Assert.InRange(app.Connections, 1, 2);
    }

    [Fact]
    public async Task An_app_without_http_2_is_called_by_http_1()
    {
        await using var app = await TlsApp.StartAsync(HttpProtocols.Http1, TlsApp.ReturnNullAsync);
        using var caller = new TestCaller(configure: app.Trust);

        Assert.IsType<AppAnswer.Returned>(await caller.CallAsync(app.Url));

        Assert.Equal("HTTP/1.1", Assert.Single(app.Requests).Protocol);
    }

    [Fact]
    public async Task Calls_above_what_a_connection_takes_get_another()
    {
        // No call is answered before all have come in: with one connection of ten streams they would never end. What the first connection is given before it has told its ten is refused and sent
        // again, three times at most, which is enough for these.
        await using var app = await TlsApp.StartAsync(HttpProtocols.Http1AndHttp2, AnswersOnce(Calls), streams: 10);
        using var caller = new TestCaller(configure: app.Trust);

        var answers = await CallSideBySideAsync(caller, app.Url);

        Assert.All(answers, answer => Assert.IsType<AppAnswer.Returned>(answer));
        Assert.InRange(app.Connections, 4, 8);
    }

    [Fact]
    public async Task A_call_that_breaks_off_or_is_cancelled_breaks_no_other_on_its_connection()
    {
        var last = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var arrived = Enumerable.Range(0, 3).Select(_ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).ToArray();
        var requests = -1;
        await using var app = await TlsApp.StartAsync(HttpProtocols.Http1AndHttp2, async context =>
        {
            var request = Interlocked.Increment(ref requests);
            arrived[request].SetResult();
            if (request == 1)
            {
                context.Abort();
                return;
            }

            await last.Task;
            await TlsApp.ReturnNullAsync(context);
        });
        using var caller = new TestCaller(configure: app.Trust);
        using var cancelling = new CancellationTokenSource();

        var first = caller.CallAsync(app.Url);
        await arrived[0].Task.WaitAsync(s_patience);
        var broken = await caller.BrokenAsync(app.Url);
        var cancelled = caller.CallAsync(app.Url, cancellationToken: cancelling.Token);
        await arrived[2].Task.WaitAsync(s_patience);
        await cancelling.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        last.SetResult();

        Assert.StartsWith($"POST {app.Url} failed: ", broken, StringComparison.Ordinal);
        Assert.IsType<AppAnswer.Returned>(await first);
        Assert.Equal(1, app.Connections);
    }

    [Fact]
    public async Task Calls_on_a_connection_that_died_unnoticed_fail_before_their_timeout()
    {
        const int Waiting = 3;
        var arrived = 0;
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var app = await TlsApp.StartAsync(HttpProtocols.Http1AndHttp2, context =>
        {
            if (Interlocked.Increment(ref arrived) == Waiting)
                all.SetResult();

            return Task.Delay(Timeout.Infinite, context.RequestAborted);
        });
        await using var wire = new Wire(app.Port);
        using var caller = new TestCaller(new EngineOptions { CallTimeout = TimeSpan.FromHours(1) }, configure: handler =>
        {
            app.Trust(handler);
            Assert.Equal(TimeSpan.FromSeconds(30), handler.KeepAlivePingDelay);
            handler.KeepAlivePingDelay = TimeSpan.FromSeconds(1);
            handler.KeepAlivePingTimeout = TimeSpan.FromSeconds(5);
        });

        var calls = Enumerable.Range(0, Waiting).Select(_ => caller.BrokenAsync(TlsApp.UrlAt(wire.Port))).ToArray();
        await all.Task.WaitAsync(s_patience);
        wire.FallSilent();

        Assert.All(await Task.WhenAll(calls).WaitAsync(s_patience), message => Assert.Contains("ping", message, StringComparison.OrdinalIgnoreCase));
    }

    private static Task<AppAnswer[]> CallSideBySideAsync(TestCaller caller, Uri url) => Task.WhenAll(Enumerable.Range(0, Calls).Select(_ => caller.CallAsync(url))).WaitAsync(s_patience);

    /// <summary>Answers no request before so many have come in.</summary>
    private static Func<HttpContext, Task> AnswersOnce(int expected)
    {
        var arrived = 0;
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return async context =>
        {
            if (Interlocked.Increment(ref arrived) == expected)
                all.SetResult();

            await all.Task;
            await TlsApp.ReturnNullAsync(context);
        };
    }
}
