using System.Text.Json;

namespace Stepwell.EndToEnd.Tests.Npm;

/// <summary>Functions of the shipped SDKs that sleep.</summary>
public sealed class SleepTests : IClassFixture<ClientWorlds>
{
    [Theory]
    [ForEachClient]
    public async Task A_sleep_lasts_at_least_as_long_as_it_should(Storage storage, string client)
    {
        var run = await ClientRun.OfAsync(storage, client, "sleep");

        run.AssertCompleted("\"awake\"");
        var sleep = Assert.Single(run.Run.CompletedSteps);
        Assert.InRange(Time(sleep, "ended_at") - Time(sleep, "found_at"), TimeSpan.FromSeconds(1.999), TimeSpan.MaxValue);
    }

    [Theory]
    [ForEachClient]
    public async Task A_sleep_until_a_time_does_not_end_before_it_and_one_until_the_past_ends_at_once(Storage storage, string client)
    {
        var time = DateTimeOffset.UtcNow.AddSeconds(2);

        var run = await ClientRun.OfAsync(storage, client, "sleep-until", new { time });

        run.AssertCompleted("\"awake\"");
        Assert.InRange(Time(run.Run.CompletedSteps[0], "ended_at"), time.AddMilliseconds(-1), DateTimeOffset.MaxValue);
        Assert.Equal(2, run.Run.CompletedSteps.Count);
    }

    // Version 3 sends less than a second as an empty time, version 4 rounds it up to a second.
    [Theory]
    [ForEachClient]
    public async Task A_sleep_of_less_than_a_second_ends(Storage storage, string client)
    {
        var run = await ClientRun.OfAsync(storage, client, "sleep-briefly");

        run.AssertCompleted("\"awake\"");
    }

    private static DateTimeOffset Time(JsonElement step, string member) => step.GetProperty(member).GetDateTimeOffset();
}
