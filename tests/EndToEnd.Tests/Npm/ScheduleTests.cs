using System.Text.Json;
using Stepwell.Testing.Azurite;

namespace Stepwell.EndToEnd.Tests.Npm;

/// <summary>Functions of the shipped SDKs with a schedule.</summary>
public sealed class ScheduleTests : IClassFixture<ClientWorlds>
{
    [Theory]
    [ForEachClient("v3", "v4-checkpoints")]
    public async Task A_schedule_starts_the_function_each_minute(Storage storage, string client)
    {
        var world = await ClientWorld.OfAsync(storage);

        var run = await Eventually.GetAsync(
            async () =>
            {
                var (_, page) = await world.Executor.GetAsync("v1/events?name=inngest/scheduled.timer&limit=100");
                foreach (var tick in JsonDocument.Parse(page).RootElement.GetProperty("data").EnumerateArray())
                {
                    var (_, runs) = await world.Executor.GetAsync($"v1/events/{tick.GetProperty("id").GetString()}/runs");
                    if (JsonDocument.Parse(runs).RootElement.GetProperty("data").EnumerateArray().FirstOrDefault(one => one.GetProperty("function_id").GetString() == $"{client}-every-minute" && one.GetProperty("status").GetString() == "Completed") is { ValueKind: JsonValueKind.Object } found)
                        return found.GetProperty("output").GetString();
                }

                return null;
            },
            () => $"The schedule of {client} has not fired.\n{world.Executor.Output}");

        Assert.Equal("TZ=Europe/Berlin * * * * *", run);
    }
}
