using System.Reflection;
using System.Text.Json;
using Azure.Data.Tables;
using Stepwell.EndToEnd.Tests.Engine;
using Stepwell.Executor.Operations;
using Stepwell.Testing.Azurite;

namespace Stepwell.EndToEnd.Tests.Upgrade;

/// <summary>
/// Runs that one executor begins and another, with another version of the schema, goes on with. The storage that each released version left behind is kept in
/// <c>Recorded</c>; this version's is recorded there by <c>STEPWELL_RECORD=0.3.0 dotnet test tests/EndToEnd.Tests --filter FullyQualifiedName~UpgradeTests</c>.
/// </summary>
public sealed class UpgradeTests(AzuriteFixture azurite) : IClassFixture<AzuriteFixture>
{
    private static readonly string s_folder = Path.Combine(Repository.Root, "tests", "EndToEnd.Tests", "Upgrade", "Recorded");

    public static TheoryData<string> Released => [.. Versions];

    private static IEnumerable<string> Versions => Directory.GetFiles(s_folder, "*.json").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal);

    [Fact]
    public async Task What_this_version_begins_another_executor_finishes()
    {
        var recording = await RecordAsync();
        if (Environment.GetEnvironmentVariable("STEPWELL_RECORD") is { Length: > 0 } version)
            recording.Save(Path.Combine(s_folder, $"{version}.json"));

        await FinishAsync(recording);
    }

    [Fact]
    public void The_storage_of_this_version_has_been_recorded()
    {
        var version = typeof(EngineOptions).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

        Assert.Contains(version, Versions);
    }

    [Theory]
    [MemberData(nameof(Released))]
    public async Task What_a_released_version_began_this_one_finishes(string version) =>
        await FinishAsync(StorageRecording.Load(Path.Combine(s_folder, $"{version}.json")));

    [Fact]
    public async Task Rows_of_a_newer_version_are_refused_and_left_as_they_are()
    {
        var prefix = AzuriteFixture.NewPrefix();
        var before = await RecordAsync();
        await before.RestoreAsync(azurite.ConnectionString, prefix);
        await ShiftVersionsAsync(prefix, 100);
        var newer = await StorageRecording.OfAsync(azurite.ConnectionString, prefix);
        Assert.All(newer.Tables.Where(table => table.Key != "live"), table => Assert.Contains(table.Value, row => row.TryGetValue("v", out var version) && version.Text is "101" or "102"));

        await using (var world = await StartAsync(prefix, newer, TimeSpan.FromHours(2), registers: false))
        {
            await world.SweepAsync();
            await Assert.ThrowsAsync<InvalidDataException>(world.WorkAsync);
            foreach (var run in Runs(newer))
                Assert.Equal(500, (await world.AskAsync("GET", $"/v1/runs/{run}")).Status);

            Assert.Equal(500, (await world.AskAsync("POST", "/e/test", EventOf("paid"))).Status);
            Assert.Equal(500, (await world.AskAsync("GET", "/v1/events")).Status);
        }

        var after = await StorageRecording.OfAsync(azurite.ConnectionString, prefix);
        Assert.Equal(JsonSerializer.Serialize(newer.Tables), JsonSerializer.Serialize(after.Tables));
        Assert.Equal(JsonSerializer.Serialize(newer.Blobs), JsonSerializer.Serialize(after.Blobs));
        await ShiftVersionsAsync(prefix, -100);
        await FinishAsync(prefix, before);
    }

    /// <summary>The storage of an executor whose runs stand at each thing that they can stand at.</summary>
    private async Task<StorageRecording> RecordAsync()
    {
        var prefix = AzuriteFixture.NewPrefix();
        await using var world = await EngineWorld.StartAsync(
            azurite.ConnectionString, executor => UpgradeFunctions.Create(executor, hasRecovered: false), prefix: prefix, settings: UpgradeFunctions.Settings);
        foreach (var function in UpgradeFunctions.Outputs.Keys.Where(function => function != "new"))
            await world.SendAsync(EventOf(function));

        foreach (var name in (string[])["throttled", "cancellable", "batched", "batched"])
            await world.SendAsync(EventOf(name));

        await world.WorkAsync();
        // Its message is in the queue.
        await world.SendAsync(EventOf("new"));
        return await StorageRecording.OfAsync(azurite.ConnectionString, prefix);
    }

    private async Task FinishAsync(StorageRecording recording)
    {
        var prefix = AzuriteFixture.NewPrefix();
        await recording.RestoreAsync(azurite.ConnectionString, prefix);
        await FinishAsync(prefix, recording);
    }

    private async Task FinishAsync(string prefix, StorageRecording recording)
    {
        // Two hours later, when what slept has slept and what waits still waits.
        await using var world = await StartAsync(prefix, recording, TimeSpan.FromHours(2), registers: true);
        await world.SendAsync("""{"name":"paid","data":{"id":7,"amount":12}}""");
        await world.SendAsync(EventOf("stop"));
        (await world.RequestAsync("POST", "/v1/signals", """{"signal":"go","data":5}""")).Dispose();

        // What its messages were is lost, but for the one that can be seen.
        await world.SweepAsync();
        await world.WorkAsync();
        await world.SweepAsync();
        await world.WorkAsync();

        var events = await EventsAsync(world);
        foreach (var (function, output) in UpgradeFunctions.Outputs)
        {
            foreach (var id in events[function])
            {
                var run = await world.RunOfAsync(id);
                Assert.True(run.GetProperty("status").GetString() == "Completed" && run.GetProperty("output").GetRawText() == output, $"{function}: {run}");
            }
        }

        Assert.Equal("Cancelled", (await world.RunOfAsync(Assert.Single(events["cancellable"]))).GetProperty("status").GetString());
        var batches = await Task.WhenAll(events["batched"].Select(world.RunOfAsync));
        Assert.Equal(14, Assert.Single(batches.DistinctBy(run => run.GetProperty("run_id").GetString())).GetProperty("output").GetInt32());
    }

    private Task<EngineWorld> StartAsync(string prefix, StorageRecording recording, TimeSpan later, bool registers) => EngineWorld.StartAsync(
        azurite.ConnectionString,
        executor => UpgradeFunctions.Create(executor, hasRecovered: true),
        prefix: prefix,
        time: new ShiftedTime(recording.RecordedAt + later - DateTimeOffset.UtcNow),
        settings: UpgradeFunctions.Settings,
        registers: registers);

    private static string EventOf(string name) => $$$"""{"name":"{{{name}}}","data":{"id":7}}""";

    /// <summary>The ids of the events of each name.</summary>
    private static async Task<ILookup<string, string>> EventsAsync(EngineWorld world)
    {
        using var page = await world.RequestAsync("GET", "/v1/events");
        return page.RootElement.GetProperty("data").EnumerateArray()
            .ToLookup(one => one.GetProperty("name").GetString()!, one => one.GetProperty("id").GetString()!);
    }

    private static IEnumerable<string> Runs(StorageRecording recording) => recording.Tables["runs"].Select(row => row["PartitionKey"].Text).Distinct();

    /// <summary>Has all rows that carry a version carry one that is so much later.</summary>
    private async Task ShiftVersionsAsync(string prefix, int by)
    {
        var service = new TableServiceClient(azurite.ConnectionString);
        await foreach (var table in service.QueryAsync())
        {
            if (!table.Name.StartsWith(prefix, StringComparison.Ordinal))
                continue;

            var client = service.GetTableClient(table.Name);
            await foreach (var row in client.QueryAsync<TableEntity>())
            {
                if (row.GetInt32("v") is { } version)
                    await client.UpdateEntityAsync(new TableEntity(row.PartitionKey, row.RowKey) { ["v"] = version + by }, Azure.ETag.All);
            }
        }
    }
}
