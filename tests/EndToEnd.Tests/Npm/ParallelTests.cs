namespace Stepwell.EndToEnd.Tests.Npm;

/// <summary>Functions of the shipped SDKs with steps side by side.</summary>
public sealed class ParallelTests : IClassFixture<ClientWorlds>
{
    [Theory]
    [ForEachClient]
    public async Task Parallel_steps_run_once_each_before_what_follows_them(Storage storage, string client)
    {
        var run = await ClientRun.OfAsync(storage, client, "parallel");

        run.AssertCompleted("\"a+b+c+d\"");
        Assert.Equal(["a", "after", "b", "c", "d"], run.Work.Order(StringComparer.Ordinal));
        Assert.Equal("after", run.Work[^1]);
    }

    [Theory]
    [ForEachClient]
    public async Task Parallel_chains_with_parallel_steps_of_their_own_run_each_step_once(Storage storage, string client)
    {
        var run = await ClientRun.OfAsync(storage, client, "nested");

        run.AssertCompleted("\"x1,x2|y1,y2|z1,z2\"");
        Assert.Equal(
            ["join", "x first", "x inner 1", "x inner 2", "y first", "y inner 1", "y inner 2", "z first", "z inner 1", "z inner 2"],
            run.Work.Order(StringComparer.Ordinal));
        Assert.Equal("join", run.Work[^1]);
    }

    // Promise.race in version 3, group.parallel({ mode: "race" }) in version 4.
    [Theory]
    [ForEachClient]
    public async Task A_race_goes_on_with_its_winner_and_the_run_does_not_wait_for_the_loser(Storage storage, string client)
    {
        var run = await ClientRun.OfAsync(storage, client, "race");

        run.AssertCompleted("\"fast won\"");
        Assert.Equal(["fast", "after"], run.Work);
    }

    [Theory]
    [ForEachClient]
    public async Task A_race_at_the_end_ends_the_run_when_its_first_step_wins(Storage storage, string client)
    {
        var run = await ClientRun.OfAsync(storage, client, "race-at-the-end");

        run.AssertCompleted("\"fast\"");
        Assert.Equal(["fast"], run.Work);
    }

    [Theory]
    [ForEachClient]
    public async Task A_race_ends_the_run_while_its_loser_is_still_being_called(Storage storage, string client)
    {
        var world = await ClientWorld.OfAsync(storage);
        var marker = world.AppOf(client).Ledger.NewMarker();

        var run = await ClientRun.OfAsync(storage, client, "race-beside-work", new { marker });

        run.AssertCompleted("\"fast\"");
        Assert.Equal(["fast", "slow"], run.Work.Order(StringComparer.Ordinal));
        await File.WriteAllTextAsync(marker, "");
    }

    [Theory]
    [ForEachClient]
    public async Task A_chain_of_steps_wins_a_race(Storage storage, string client)
    {
        var run = await ClientRun.OfAsync(storage, client, "race-between-chains");

        run.AssertCompleted("\"second\"");
        Assert.Equal(["first", "second", "after"], run.Work);
    }

    [Theory]
    [ForEachClient]
    public async Task A_parallel_step_that_fails_is_an_error_of_its_own(Storage storage, string client)
    {
        var run = await ClientRun.OfAsync(storage, client, "one-fails");

        run.AssertCompleted("""["good","no luck"]""");
        Assert.Equal(["bad", "bad", "good"], run.Work.Order(StringComparer.Ordinal));
    }
}
