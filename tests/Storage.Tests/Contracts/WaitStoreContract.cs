using System.Globalization;
using Stepwell.Executor.Ports;
using Stepwell.Protocol.Ids;
using Stepwell.Protocol.Json;

namespace Stepwell.Storage.Tests.Contracts;

/// <summary>Waits, found by what they wait for.</summary>
public abstract class WaitStoreContract
{
    private static readonly WaitPlace s_paid = new("event/shop/paid", """[["data","id"]]""", "[\"7\"]");

    protected abstract IWaitStore Waits { get; }

    [Fact]
    public async Task A_wait_is_found_as_it_was_written_at_its_place_and_at_no_other()
    {
        var wait = Wait("a") with { If = "async.data.n > 1", RunEvent = RawJson.FromString("""{"data":{"é":"\u0001"}}""") };
        await AddAsync(wait);

        AssertSame(wait, Assert.Single(await Waits.FindAsync(s_paid, CancellationToken.None)));
        AssertSame(wait, await Waits.ReadAsync(s_paid, wait.Slot, CancellationToken.None));
        Assert.Empty(await Waits.FindAsync(s_paid with { Value = "[\"8\"]" }, CancellationToken.None));
        Assert.Empty(await Waits.FindAsync(s_paid with { Fields = "" }, CancellationToken.None));
        Assert.Empty(await Waits.FindAsync(s_paid with { Topic = "event/shop/pai" }, CancellationToken.None));
        Assert.Null(await Waits.ReadAsync(s_paid, "another", CancellationToken.None));
    }

    [Fact]
    public async Task Many_waits_share_a_place()
    {
        foreach (var step in Enumerable.Range(0, 20))
            await AddAsync(Wait(step.ToString(CultureInfo.InvariantCulture)));

        Assert.Equal(20, (await Waits.FindAsync(s_paid, CancellationToken.None)).Length);
    }

    [Fact]
    public async Task A_topic_lists_by_which_fields_its_waits_are_found_each_once()
    {
        await AddAsync(Wait("a"));
        await AddAsync(Wait("b"));
        await AddAsync(Wait("c") with { Place = WaitPlace.Of(s_paid.Topic) });
        await AddAsync(Wait("d") with { Place = s_paid with { Fields = """[["data","é"]]""" } });
        await AddAsync(Wait("e") with { Place = s_paid with { Topic = "event/other", Fields = """[["id"]]""" } });

        Assert.Equal(["", """[["data","id"]]""", """[["data","é"]]"""], (await Waits.FieldsAsync(s_paid.Topic, CancellationToken.None)).Order(StringComparer.Ordinal));
        Assert.Empty(await Waits.FieldsAsync("event/never", CancellationToken.None));
    }

    [Fact]
    public async Task Names_and_values_may_be_any_text()
    {
        foreach (var text in new[] { "a/b#c?d\\e", "'", "\u0001\n", "é😀", new string('x', 5_000), "%2f", " " })
        {
            var wait = Wait("a") with { Place = new WaitPlace(text, text, text) };
            await AddAsync(wait);

            AssertSame(wait, Assert.Single(await Waits.FindAsync(wait.Place, CancellationToken.None)));
            Assert.Equal(text, Assert.Single(await Waits.FieldsAsync(text, CancellationToken.None)));
        }
    }

    [Fact]
    public async Task A_slot_that_is_taken_stays_with_who_has_it()
    {
        var first = Wait("a") with { Slot = "signal" };
        var second = Wait("b") with { Slot = "signal" };

        AssertSame(first, await AddAsync(first));
        AssertSame(first, await AddAsync(second));
        AssertSame(first, Assert.Single(await Waits.FindAsync(s_paid, CancellationToken.None)));
    }

    [Fact]
    public async Task What_is_left_first_is_kept()
    {
        var wait = await AddAsync(Wait("a"));

        Assert.Equal("1", (await CatchAsync(wait, "1"))!.Caught.ToString());
        Assert.Equal("1", (await CatchAsync(wait, "2"))!.Caught.ToString());
        Assert.Equal("1", (await Waits.ReadAsync(s_paid, wait.Slot, CancellationToken.None))!.Caught.ToString());
        Assert.Equal("1", Assert.Single(await Waits.FindAsync(s_paid, CancellationToken.None)).Caught.ToString());
    }

    [Fact]
    public async Task Of_many_that_are_left_at_once_one_is_kept_and_all_are_told_which()
    {
        var wait = await AddAsync(Wait("a"));
        var read = await Waits.ReadAsync(s_paid, wait.Slot, CancellationToken.None);

        var told = await Task.WhenAll(Enumerable.Range(0, 8).Select(n => CatchAsync(n % 2 == 0 ? wait : read!, n.ToString(CultureInfo.InvariantCulture))));

        var kept = Assert.Single(told.Select(one => one!.Caught.ToString()).Distinct());
        Assert.Equal(kept, (await Waits.ReadAsync(s_paid, wait.Slot, CancellationToken.None))!.Caught.ToString());
    }

    [Fact]
    public async Task What_is_left_may_be_large_and_the_rest_of_the_wait_stays()
    {
        var wait = Wait("a") with { If = "async.data.n > 1", RunEvent = RawJson.FromString("{}") };
        await AddAsync(wait);
        var large = $"\"{string.Concat(Enumerable.Range(0, 60_000).Select(n => n.ToString("x4", CultureInfo.InvariantCulture)))}\"";

        await CatchAsync(wait, large);

        var read = await Waits.ReadAsync(s_paid, wait.Slot, CancellationToken.None);
        Assert.Equal(large, read!.Caught.ToString());
        AssertSame(wait with { Caught = read.Caught }, read);
    }

    [Fact]
    public async Task Nothing_is_left_with_a_wait_that_is_gone_or_with_another_in_its_slot()
    {
        var gone = Wait("a") with { Slot = "signal" };
        Assert.Null(await CatchAsync(gone, "1"));

        await AddAsync(gone);
        var read = await Waits.ReadAsync(s_paid, "signal", CancellationToken.None);
        await Waits.RemoveAsync(gone, CancellationToken.None);
        Assert.Null(await CatchAsync(read!, "1"));

        await AddAsync(Wait("b") with { Slot = "signal" });
        Assert.Null(await CatchAsync(read!, "1"));
        Assert.Null(await CatchAsync(gone, "1"));
        Assert.Null((await Waits.ReadAsync(s_paid, "signal", CancellationToken.None))!.Caught);
    }

    [Fact]
    public async Task A_wait_is_removed_by_whoever_has_it_alone()
    {
        var first = await AddAsync(Wait("a") with { Slot = "signal" });
        await Waits.RemoveAsync(first with { Step = StepKey.Hash("b") }, CancellationToken.None);
        Assert.NotNull(await Waits.ReadAsync(s_paid, "signal", CancellationToken.None));

        await Waits.RemoveAsync(first, CancellationToken.None);
        Assert.Null(await Waits.ReadAsync(s_paid, "signal", CancellationToken.None));
        await Waits.RemoveAsync(first, CancellationToken.None);

        var own = await AddAsync(Wait("a"));
        await CatchAsync(own, "1");
        await Waits.RemoveAsync(own, CancellationToken.None);
        Assert.Empty(await Waits.FindAsync(s_paid, CancellationToken.None));
        await Waits.RemoveAsync(own, CancellationToken.None);
    }

    private static StoredWait Wait(string step)
    {
        var run = RunId.Parse("01ARZ3NDEKTSV4RRFFQ69G5FAV");
        return new StoredWait { Place = s_paid, Slot = StoredWait.SlotOf(run, StepKey.Hash(step)), Run = run, Step = StepKey.Hash(step) };
    }

    private static void AssertSame(StoredWait expected, StoredWait? actual) => Assert.Equal(expected with { Version = null }, actual! with { Version = null });

    private Task<StoredWait> AddAsync(StoredWait wait) => Waits.AddAsync(wait, CancellationToken.None);

    private Task<StoredWait?> CatchAsync(StoredWait wait, string what) => Waits.CatchAsync(wait, RawJson.FromString(what), CancellationToken.None);
}
