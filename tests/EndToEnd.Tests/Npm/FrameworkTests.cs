using System.Net;
using System.Text.Json.Nodes;
using Stepwell.EndToEnd.Tests.Server;
using Stepwell.Testing.Azurite;

namespace Stepwell.EndToEnd.Tests.Npm;

/// <summary>The handlers that the shipped SDKs have for web frameworks.</summary>
public sealed class FrameworkTests
{
    private static readonly string[] s_frameworks = ["express", "next", "remix", "nuxt", "fastify", "hono", "edge"];

    public static IEnumerable<object[]> Frameworks =>
        from framework in s_frameworks
        from executor in ((Storage, NpmClient)[])[(Storage.Embedded, NpmClient.V3), (Storage.Embedded, NpmClient.V4Checkpoints), (Storage.AzuriteByFunctions, NpmClient.V4Checkpoints)]
        select new object[] { framework, executor.Item1, executor.Item2.Id };

    [Theory]
    [MemberData(nameof(Frameworks))]
    public async Task Functions_run_behind_the_framework(string framework, Storage storage, string client)
    {
        await using var executor = await ExecutorServer.StartAsync(["--dev", "--retry-interval", "1", .. await ClientWorld.ArgumentsAsync(storage)]);
        using var app = await NpmApp.StartAsync(executor.Url, FreePort.Take(), framework, NpmClient.Of(client));

        var (status, text) = await app.RegisterAsync(NpmClient.Of(client));
        Assert.True(status == HttpStatusCode.OK, $"{status} {text}\n{app.Output}\n{executor.Output}");

        (await ClientRun.OfAsync(executor, app, client, "sequential")).AssertCompleted("""[{"value":1},2,3]""");
        (await ClientRun.OfAsync(executor, app, client, "parallel")).AssertCompleted("\"a+b+c+d\"");
        (await ClientRun.OfAsync(executor, app, client, "sleep-briefly")).AssertCompleted("\"awake\"");
        (await ClientRun.OfAsync(executor, app, client, "no-retries")).AssertFailed("once is enough");
        var recovers = await ClientRun.OfAsync(executor, app, client, "function-recovers");
        recovers.AssertCompleted("7");
        Assert.Equal(["before", "body", "body"], recovers.Work);
        const string Odd = """{"é\u2028\ud83d\ude00":[1e+21,null,""]}""";
        (await ClientRun.OfAsync(executor, app, client, "echo", new { value = JsonNode.Parse(Odd) })).AssertCompleted($$"""{"step":{{Odd}},"direct":{{Odd}}}""");
        var sends = await ClientRun.OfAsync(executor, app, client, "sends", new { key = "k7" });
        (await ClientRun.OfEventAsync(executor, app, sends.Run.Output[0].GetString()!)).AssertCompleted($"\"{client}/received.one k7\"");
    }
}
