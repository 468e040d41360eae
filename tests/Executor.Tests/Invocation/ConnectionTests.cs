namespace Stepwell.Executor.Tests.Invocation;

public sealed class ConnectionTests
{
    [Fact]
    public async Task Calls_one_after_the_other_share_a_connection()
    {
        await using var app = LocalApp.Of(LocalApp.Reply.OfApp(200, "null"));
        using var caller = new TestCaller();

        for (var call = 0; call < 20; call++)
            await caller.CallAsync(app.Url);

        Assert.Equal(20, app.Requests.Count);
        Assert.Equal(1, app.Connections);
    }

    [Fact]
    public async Task Errors_of_the_app_keep_the_connection()
    {
        await using var app = LocalApp.Of(request => LocalApp.Reply.OfApp(500, """{"message":"boom"}"""));
        using var caller = new TestCaller();

        for (var call = 0; call < 5; call++)
            await caller.CallAsync(app.Url);

        Assert.Equal(1, app.Connections);
    }

    [Fact]
    public async Task Calls_side_by_side_are_made_on_as_many_connections_and_those_are_used_again()
    {
        var arrived = 0;
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var app = new LocalApp(async (_, stream, cancel) =>
        {
            if (Interlocked.Increment(ref arrived) >= 32)
                all.TrySetResult();

            await all.Task.WaitAsync(cancel);
            await stream.WriteAsync(LocalApp.Reply.OfApp(200, "null").ToBytes(), cancel);
            return true;
        });
        using var caller = new TestCaller();

        // No call is answered before all have come in: fewer connections than calls would never end.
        await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => caller.CallAsync(app.Url)));
        await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => caller.CallAsync(app.Url)));

        Assert.Equal(64, app.Requests.Count);
        Assert.InRange(app.Connections, 32, 40);
    }

    [Fact]
    public async Task A_connection_that_the_app_closed_is_replaced()
    {
        await using var app = new LocalApp(async (_, stream, cancel) =>
        {
            await stream.WriteAsync(LocalApp.Reply.OfApp(200, "null", ("connection", "close")).ToBytes(), cancel);
            return false;
        });
        using var caller = new TestCaller();

        await caller.CallAsync(app.Url);
        Assert.IsType<Stepwell.Executor.Ports.AppAnswer.Returned>(await caller.CallAsync(app.Url));

        Assert.Equal(2, app.Connections);
    }
}
