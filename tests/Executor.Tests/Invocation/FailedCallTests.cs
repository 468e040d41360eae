using System.Net;
using System.Net.Sockets;
using Stepwell.Executor.Operations;
using Stepwell.Executor.Ports;

namespace Stepwell.Executor.Tests.Invocation;

/// <summary>Whatever comes instead of an SDK's answer is a failed call, whose sentence names the URL and what came.</summary>
public sealed class FailedCallTests
{
    private const string Login = "<html><body>Please log in</body></html>";

    [Theory]
    [InlineData(200, "text/html", Login, "answered 200 text/html", "Please log in")]
    [InlineData(206, "application/json", "[]", "answered 206 application/json", "'[]'")]
    [InlineData(404, "text/plain", "nobody here", "answered 404 text/plain", "'nobody here'")]
    [InlineData(502, "text/html", "<h1>Bad Gateway</h1>", "answered 502 text/html", "Bad Gateway")]
    [InlineData(204, "", "", "answered 204 without a content type", "(empty)")]
    [InlineData(400, "application/json", """{"message":"not from an SDK"}""", "answered 400", "not from an SDK")]
    public async Task An_answer_without_the_header_of_an_sdk_is_no_answer_of_an_app(int status, string type, string body, string answered, string shown)
    {
        await using var app = LocalApp.Of(LocalApp.Reply.Of(status, body, type.Length == 0 ? [] : [("content-type", type)]));
        using var caller = new TestCaller();

        var broken = Assert.IsType<AppAnswer.Broken>(await caller.CallAsync(app.Url));

        var message = TestCaller.MessageOf(broken.Error);
        Assert.Equal("StepwellNotAnApp", TestCaller.NameOf(broken.Error));
        Assert.Contains($"POST {app.Url} was {answered}", message, StringComparison.Ordinal);
        Assert.Contains("x-inngest-sdk", message, StringComparison.Ordinal);
        Assert.Contains(shown, message, StringComparison.Ordinal);
        Assert.False(broken.Advice.NoRetry);
    }

    [Fact]
    public async Task A_long_page_is_cut_in_the_sentence()
    {
        await using var app = LocalApp.Of(LocalApp.Reply.Of(200, new string('x', 100_000)));
        using var caller = new TestCaller();

        Assert.InRange((await caller.BrokenAsync(app.Url)).Length, 200, 600);
    }

    [Fact]
    public async Task A_401_says_that_the_keys_differ()
    {
        await using var app = LocalApp.Of(LocalApp.Reply.Of(401, """{"message":"Unauthorized"}""", ("content-type", "application/json"), ("x-inngest-sdk-handled", "true")));
        using var caller = new TestCaller();

        var message = await caller.BrokenAsync(app.Url);

        Assert.Contains($"POST {app.Url} was answered 401", message, StringComparison.Ordinal);
        Assert.Contains("its signing key and the executor's differ", message, StringComparison.Ordinal);
        Assert.Contains("Unauthorized", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_connection_names_the_url()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var url = new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/api?stepId=step");
        listener.Stop();
        using var caller = new TestCaller();

        var message = await caller.BrokenAsync(url);

        Assert.StartsWith($"POST {url} failed: ", message, StringComparison.Ordinal);
        Assert.Contains("refused", message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_host_that_does_not_exist_names_the_url()
    {
        using var caller = new TestCaller(resolve: _ => throw new SocketException((int)SocketError.HostNotFound));

        var message = await caller.BrokenAsync(new Uri("http://nowhere.test/api"));

        Assert.StartsWith("POST http://nowhere.test/api?stepId=step failed: ", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_that_takes_too_long_is_broken_off_and_names_the_url_and_the_limit()
    {
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var app = new LocalApp(async (_, _, cancel) =>
        {
            arrived.SetResult();
            await Task.Delay(Timeout.Infinite, cancel);
            return false;
        });
        using var caller = new TestCaller(new EngineOptions { CallTimeout = TimeSpan.FromMinutes(10) });

        var calling = caller.BrokenAsync(app.Url);
        await arrived.Task.WaitAsync(TimeSpan.FromSeconds(20));
        caller.Time.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromMilliseconds(1));
        Assert.False(calling.IsCompleted);
        caller.Time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal($"POST {app.Url} was not answered within 10m.", await calling);
    }

    [Fact]
    public async Task A_body_that_never_ends_is_broken_off_too()
    {
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var app = new LocalApp(async (_, stream, cancel) =>
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\ncontent-length: 100\r\nx-inngest-sdk: test:v1\r\n\r\n{"u8.ToArray(), cancel);
            begun.SetResult();
            await Task.Delay(Timeout.Infinite, cancel);
            return false;
        });
        using var caller = new TestCaller(new EngineOptions { CallTimeout = TimeSpan.FromSeconds(30) });

        var calling = caller.BrokenAsync(app.Url);
        await begun.Task.WaitAsync(TimeSpan.FromSeconds(20));
        caller.Time.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal($"POST {app.Url} was not answered within 30s.", await calling);
    }

    [Fact]
    public async Task A_call_that_the_engine_breaks_off_is_no_answer()
    {
        using var breakOff = new CancellationTokenSource();
        await using var app = new LocalApp(async (_, _, cancel) =>
        {
            await breakOff.CancelAsync();
            await Task.Delay(Timeout.Infinite, cancel);
            return false;
        });
        using var caller = new TestCaller();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => caller.CallAsync(app.Url, cancellationToken: breakOff.Token));
    }

    [Theory]
    [InlineData("")]
    [InlineData("this is not HTTP\r\n\r\n")]
    [InlineData("HTTP/1.1 banana\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\ncontent-length: 100\r\nx-inngest-sdk: test:v1\r\n\r\n{\"cut\":")]
    [InlineData("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\nx-inngest-sdk: test:v1\r\n\r\n5\r\n12")]
    [InlineData("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\nx-inngest-sdk: test:v1\r\n\r\nzz\r\n")]
    public async Task A_connection_that_breaks_names_the_url(string sent)
    {
        await using var app = new LocalApp(async (_, stream, cancel) =>
        {
            await stream.WriteAsync(System.Text.Encoding.UTF8.GetBytes(sent), cancel);
            return false;
        });
        using var caller = new TestCaller();

        Assert.StartsWith($"POST {app.Url} failed: ", await caller.BrokenAsync(app.Url), StringComparison.Ordinal);
    }
}
