using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Time.Testing;
using Stepwell.Protocol.Ids;
using Stepwell.Protocol.Json;
using Stepwell.Protocol.Ops;
using Stepwell.Sdk.Replay;
using Stepwell.Sdk.Sending;
using Stepwell.Sdk.Tests.World;

namespace Stepwell.Sdk.Tests.Sending;

/// <summary>Checkpoints on their way to the executor.</summary>
public sealed class CheckpointSenderTests : IDisposable
{
    private static readonly StepRunOp s_step = new() { Id = StepKey.Hash("one"), Name = "one", Data = RawJson.FromString("1") };

    private readonly ImpatientTime _time = new() { Below = TimeSpan.FromSeconds(5) };
    private readonly KeptLog _log = new();

    [Theory]
    [InlineData(503)]
    [InlineData(429)]
    [InlineData(408)]
    [InlineData(0)]
    public async Task What_may_pass_is_tried_again_with_the_same_body(int status)
    {
        await using var executor = await RecordingServer.StartAsync((_, number) => (number < 2 ? status : 200, ""));

        Assert.Equal(CheckpointOutcome.Saved, await SendAsync(executor.Dev));

        Assert.Equal(3, executor.Requests.Count);
        Assert.Single(executor.Requests.Select(request => request.Body).Distinct());
        Assert.Equal(2, _time.Pauses.Count);
        Assert.InRange(_time.Pauses[0].TotalMilliseconds, 100, 200);
        Assert.InRange(_time.Pauses[1].TotalMilliseconds, 200, 300);
    }

    [Fact]
    public async Task After_five_tries_it_is_given_up()
    {
        await using var executor = await RecordingServer.StartAsync((_, _) => (500, ""));

        Assert.Equal(CheckpointOutcome.Failed, await SendAsync(executor.Dev));

        Assert.Equal(5, executor.Requests.Count);
    }

    [Fact]
    public async Task An_executor_that_cannot_be_reached_fails_it()
    {
        Assert.Equal(CheckpointOutcome.Failed, await SendAsync(new StepwellOptions { IsDev = true, BaseUrl = new Uri("http://127.0.0.1:1") }));
        Assert.Equal(4, _time.Pauses.Count);
    }

    [Theory]
    [InlineData(400, "Failed")]
    [InlineData(404, "Failed")]
    [InlineData(413, "Failed")]
    [InlineData(401, "Failed")]
    [InlineData(409, "Superseded")]
    public async Task A_refusal_is_not_tried_again(int status, string outcome)
    {
        await using var executor = await RecordingServer.StartAsync((_, _) => (status, """{"error":"no","status":400}"""));

        Assert.Equal(outcome, $"{await SendAsync(executor.Dev)}");

        Assert.Single(executor.Requests);
    }

    [Fact]
    public async Task In_production_it_goes_with_the_bearer_and_where_that_is_refused_with_the_other()
    {
        await using var executor = await RecordingServer.StartAsync((request, _) =>
            (request.Header("authorization") == $"Bearer {Keys.Of(Keys.Fallback).BearerToken}" ? 200 : 401, ""));

        Assert.Equal(CheckpointOutcome.Saved, await SendAsync(CloudApp.Options with { BaseUrl = executor.Url }));

        Assert.Equal($"Bearer {Keys.Of(Keys.Primary).BearerToken}", executor.Requests[0].Header("authorization"));
        Assert.Equal(2, executor.Requests.Count);
    }

    [Fact]
    public async Task An_executor_that_takes_none_is_left_alone_for_a_minute_and_that_is_told()
    {
        await using var executor = await RecordingServer.StartAsync((_, _) => (404, ""));
        var time = new FakeTimeProvider();
        var sender = Sender(executor.Dev, time);

        await SendAsync(sender);

        Assert.False(sender.IsReady);
        Assert.StartsWith($"The executor at {executor.Url} takes no checkpoints (it answered 404).", Assert.Single(_log.Lines), StringComparison.Ordinal);
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.True(sender.IsReady);
    }

    [Fact]
    public async Task An_executor_that_finds_one_step_too_large_takes_others()
    {
        await using var executor = await RecordingServer.StartAsync((_, _) => (413, ""));
        var sender = Sender(executor.Dev);

        await SendAsync(sender);

        Assert.True(sender.IsReady);
        Assert.Empty(_log.Lines);
    }

    [Fact]
    public async Task An_executor_that_does_not_answer_is_given_up_after_a_while()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var time = new FakeTimeProvider();

        var sending = SendAsync(Sender(new StepwellOptions { IsDev = true, BaseUrl = new Uri($"http://{silent.LocalEndpoint}") }, time));
        while (!sending.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        Assert.Equal(CheckpointOutcome.Failed, await sending);
        Assert.Contains("(it did not answer in 5 s)", Assert.Single(_log.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_that_is_broken_off_does_not_try_on()
    {
        using var broken = new CancellationTokenSource();
        await using var executor = await RecordingServer.StartAsync((_, _) =>
        {
            broken.Cancel();
            return (500, "");
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => SendAsync(executor.Dev, broken.Token));

        Assert.Single(executor.Requests);
    }

    public void Dispose() => _log.Dispose();

    private Task<CheckpointOutcome> SendAsync(StepwellOptions options, CancellationToken cancellationToken = default) => SendAsync(Sender(options), cancellationToken);

    private static Task<CheckpointOutcome> SendAsync(CheckpointSender sender, CancellationToken cancellationToken = default) =>
        sender.SendAsync(Call.RunId, new CheckpointPlace("shop-function", "1.1", null, 1, DateTimeOffset.UnixEpoch), s_step, cancellationToken);

    private CheckpointSender Sender(StepwellOptions options, TimeProvider? time = null) => new(StepwellClient.Http, ClientSettings.Resolve(options, _ => null), time ?? _time, _log);
}
