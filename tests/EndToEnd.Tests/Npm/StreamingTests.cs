using System.Net;
using System.Text;
using Stepwell.EndToEnd.Tests.Server;
using Stepwell.Testing.Azurite;

namespace Stepwell.EndToEnd.Tests.Npm;

/// <summary>The shipped SDKs when they answer with a body that begins before the answer is known.</summary>
public sealed class StreamingTests
{
    [Theory]
    [ForEachClient]
    public async Task Runs_go_as_they_do_without_streaming(Storage storage, string client)
    {
        await using var executor = await ExecutorServer.StartAsync(["--dev", "--retry-interval", "1", .. await ClientWorld.ArgumentsAsync(storage)]);
        using var app = await NpmApp.StartAsync(executor.Url, FreePort.Take(), NpmClient.Of(client) with { Streaming = true });
        Assert.Equal(HttpStatusCode.OK, (await app.RegisterAsync(NpmClient.Of(client))).Status);
        await AssertStreamsAsync(app, client);

        (await ClientRun.OfAsync(executor, app, client, "sequential")).AssertCompleted("""[{"value":1},2,3]""");
        (await ClientRun.OfAsync(executor, app, client, "parallel")).AssertCompleted("\"a+b+c+d\"");
        (await ClientRun.OfAsync(executor, app, client, "sleep")).AssertCompleted("\"awake\"");
        (await ClientRun.OfAsync(executor, app, client, "no-retries")).AssertFailed("once is enough");
        var recovers = await ClientRun.OfAsync(executor, app, client, "function-recovers");
        recovers.AssertCompleted("7");
        Assert.Equal(["before", "body", "body"], recovers.Work);
    }

    /// <summary>A call is answered 201, whatever comes of it.</summary>
    private static async Task AssertStreamsAsync(NpmApp app, string client)
    {
        const string Call = """{"ctx":{"attempt":0,"disable_immediate_execution":false,"run_id":"01M85TDC9C8FAPRGAAWQ6VY3Z0","stack":{"current":0,"stack":[]}},"event":{"name":"x","data":{}},"events":[{"name":"x","data":{}}],"steps":{},"version":-1}""";
        using var http = new HttpClient();
        using var content = new StringContent(Call, Encoding.UTF8, "application/json");
        using var answer = await http.PostAsync(new Uri($"{app.Serve(NpmClient.Of(client))}?fnId={client}-nothing&stepId=step"), content);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
    }
}
