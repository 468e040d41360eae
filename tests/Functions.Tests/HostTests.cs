using System.Net;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Stepwell.Testing.Azurite;
using Stepwell.Testing.FunctionsHost;

namespace Stepwell.Functions.Tests;

/// <summary>The host of the tests dispatches as the Functions host does.</summary>
public sealed class HostTests(AzuriteFixture azurite) : IClassFixture<AzuriteFixture>
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task A_message_that_fails_again_and_again_goes_to_the_poison_queue_and_one_that_is_done_is_gone()
    {
        await using var world = await World.StartAsync(azurite, """{"extensions":{"queues":{"maxDequeueCount":3,"messageEncoding":"none","maxPollingInterval":"00:00:00.2"}}}""");

        await world.SendAsync("bad");
        await world.SendAsync("good");

        Assert.Equal("bad", await world.ReceiveAsync("poison"));
        await world.IsEmptyAsync();
        Assert.Equal([1, 2, 3], world.Seen.Of("bad"));
        Assert.Equal([1], world.Seen.Of("good"));
    }

    [Fact]
    public async Task With_another_encoding_than_the_sender_s_every_message_is_lost_to_the_function()
    {
        await using var world = await World.StartAsync(azurite, """{"extensions":{"queues":{"maxDequeueCount":1,"messageEncoding":"base64"}}}""");

        // The host never comes to call the function with it.
        await world.SendAsync("{}");
        await world.SendAsync(Convert.ToBase64String("good"u8));

        await world.Seen.UntilAsync("good");
        Assert.Empty(world.Seen.Of("{}"));
    }

    [Fact]
    public async Task Requests_reach_the_function_whose_route_and_method_fit_below_the_prefix()
    {
        await using var world = await World.StartAsync(azurite, """{"extensions":{"http":{"routePrefix":"deep"}}}""");

        Assert.Equal((HttpStatusCode.OK, "POST /deep/things/7?a=1 body"), await world.RequestAsync(HttpMethod.Post, "deep/things/7?a=1", "body"));
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await world.RequestAsync(HttpMethod.Put, "deep/things/7", "body")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await world.RequestAsync(HttpMethod.Post, "things/7", "body")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await world.RequestAsync(HttpMethod.Post, "api/things/7", "body")).Status);
    }

    [Fact]
    public async Task A_function_that_takes_too_long_is_cancelled_and_the_process_ends()
    {
        await using var world = await World.StartAsync(azurite, """{"functionTimeout":"00:00:01","extensions":{"queues":{"messageEncoding":"none"}}}""");

        await world.SendAsync("endless");

        await world.Seen.UntilAsync("cancelled");
        await world.StoppedAsync();
    }

    [Fact]
    public async Task A_timer_fires_at_its_times()
    {
        await using var world = await World.StartAsync(azurite, "{}");

        await world.Seen.UntilAsync("tick", 2);
    }

    [Fact]
    public void A_queue_name_whose_setting_is_missing_is_told_with_the_function()
    {
        var exception = Assert.Throws<InvalidOperationException>(() => FunctionReading.Read(typeof(HostedFunctions).Assembly, HostJsonTests.Settings()));
        Assert.Equal("Error indexing function 'Messages': '%PREFIX%' does not resolve to a value.", exception.Message);
    }

    /// <summary>An app on the host, with a queue of its own.</summary>
    private sealed class World : IAsyncDisposable
    {
        private readonly IHost _host;
        private readonly string _connection;
        private readonly string _prefix;
        private readonly HttpClient _http = new();

        private World(IHost host, string connection, string prefix) => (_host, _connection, _prefix) = (host, connection, prefix);

        public Seen Seen => _host.Services.GetRequiredService<Seen>();

        public static async Task<World> StartAsync(AzuriteFixture azurite, string hostJson)
        {
            var folder = Directory.CreateTempSubdirectory("stepwell-host-").FullName;
            await File.WriteAllTextAsync(Path.Combine(folder, "host.json"), hostJson);
            var prefix = AzuriteFixture.NewPrefix();
            var builder = Running.CreateHost([], typeof(HostedFunctions).Assembly, new HostSettings(folder), 0, settings => settings.AddInMemoryCollection(
                new Dictionary<string, string?> { ["AzureWebJobsStorage"] = azurite.ConnectionString, ["PREFIX"] = prefix }));
            builder.Services.AddSingleton<Seen>();
            var world = new World(builder.Build(), azurite.ConnectionString, prefix);
            await world.Queue("queue").CreateAsync();
            await world._host.StartAsync();
            return world;
        }

        public async Task SendAsync(string body) => await Queue("queue").SendMessageAsync(body);

        public async Task<string> ReceiveAsync(string queue)
        {
            QueueMessage? received = null;
            await UntilAsync(
                async () => (await Queue($"queue-{queue}").ExistsAsync()).Value && (received = (await Queue($"queue-{queue}").ReceiveMessageAsync()).Value) is not null, $"a message in {queue}");
            return received!.Body.ToString();
        }

        public Task IsEmptyAsync() => UntilAsync(async () => (await Queue("queue").GetPropertiesAsync()).Value.ApproximateMessagesCount == 0, "no message");

        public async Task<(HttpStatusCode Status, string Text)> RequestAsync(HttpMethod method, string path, string body)
        {
            using var request = new HttpRequestMessage(method, new Uri(_host.Services.GetServices<IHostedService>().OfType<HttpListening>().Single().Url, path)) { Content = new StringContent(body) };
            using var answer = await _http.SendAsync(request);
            return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
        }

        public Task StoppedAsync() => UntilAsync(
            () => Task.FromResult(_host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested), "the end of the process");

        public async ValueTask DisposeAsync()
        {
            await _host.StopAsync();
            _host.Dispose();
            _http.Dispose();
        }

        private QueueClient Queue(string name) => new(_connection, $"{_prefix}-{name}");
    }

    internal static async Task UntilAsync(Func<Task<bool>> condition, string expected)
    {
        using var deadline = new CancellationTokenSource(s_patience);
        while (!await condition())
        {
            Assert.False(deadline.IsCancellationRequested, $"There is not {expected}.");
            await Task.Delay(20);
        }
    }
}
