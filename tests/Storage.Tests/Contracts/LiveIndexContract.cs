using System.Collections.Immutable;
using Stepwell.Executor.Ports;
using Stepwell.Storage.Tests.Examples;
using Stepwell.Testing.Azurite;

namespace Stepwell.Storage.Tests.Contracts;

/// <summary>The live runs and when the sweep looks at them.</summary>
public abstract class LiveIndexContract
{
    private static readonly DateTimeOffset s_now = ExampleRuns.Now;

    protected abstract ILiveIndex Live { get; }

    [Fact]
    public async Task Nothing_is_due_at_first()
    {
        Assert.Empty(await DueAsync(s_now));
        Assert.Empty(await DueAsync(DateTimeOffset.MaxValue));
    }

    [Fact]
    public async Task A_row_is_due_from_its_very_time_on()
    {
        var entry = At(s_now);
        await Live.AddAsync([entry], CancellationToken.None);

        Assert.Empty(await DueAsync(s_now.AddTicks(-1)));
        Assert.Equal([entry], await DueAsync(s_now));
        Assert.Equal([entry], await DueAsync(s_now.AddTicks(1)));
        Assert.Equal([entry], await DueAsync(DateTimeOffset.MaxValue));
        Assert.Empty(await DueAsync(DateTimeOffset.MinValue));
    }

    [Fact]
    public async Task All_are_listed_whenever_they_are_due()
    {
        Assert.Empty(await AllAsync());
        var entries = Enumerable.Range(0, 1_200).Select(i => At(s_now.AddDays(i - 600))).ToImmutableArray();
        await Live.AddAsync(entries, CancellationToken.None);
        await Live.RemoveAsync(entries[7], CancellationToken.None);

        Assert.Equal(entries.RemoveAt(7).OrderBy(entry => entry.CheckAt), (await AllAsync()).OrderBy(entry => entry.CheckAt));

        async Task<List<LiveEntry>> AllAsync()
        {
            var found = new List<LiveEntry>();
            await foreach (var entry in Live.AllAsync(CancellationToken.None))
                found.Add(entry);

            return found;
        }
    }

    [Fact]
    public async Task Many_rows_can_come_and_go_at_the_same_time_also_such_as_are_not_there()
    {
        var entries = Enumerable.Range(0, 200).Select(i => At(s_now.AddTicks(i))).ToList();
        await Live.AddAsync([.. entries.Take(100)], CancellationToken.None);
        var never = Enumerable.Range(0, 20).Select(_ => At(s_now)).ToList();

        await Task.WhenAll([
            .. entries.Skip(100).Select(entry => Live.AddAsync([entry], CancellationToken.None)),
            .. never.Select(entry => Live.RemoveAsync(entry, CancellationToken.None)),
            .. entries.Take(50).Select(entry => Live.RemoveAsync(entry, CancellationToken.None))]);

        Assert.Equal(entries.Skip(50), await DueAsync(s_now.AddSeconds(1), 1_000));
    }

    [Fact]
    public async Task Rows_that_are_removed_soon_are_gone_after_a_while_also_such_as_are_not_there()
    {
        var entries = Enumerable.Range(0, 300).Select(i => At(s_now.AddTicks(i))).ToList();
        await Live.AddAsync([.. entries], CancellationToken.None);

        entries.Skip(100).ToList().ForEach(Live.RemoveSoon);
        Live.RemoveSoon(At(s_now));

        await Eventually.BecomesTrueAsync(async () => (await DueAsync(s_now.AddSeconds(1), 1_000)).Length <= 100, () => "Rows stay");
        Assert.Equal(entries.Take(100), await DueAsync(s_now.AddSeconds(1), 1_000));
    }

    [Fact]
    public async Task A_row_that_is_written_again_after_it_was_to_be_removed_soon_stays_and_the_other_way_round_it_goes()
    {
        var (written, removed, clock) = (At(s_now), At(s_now), At(s_now));
        await Live.AddAsync([written, clock], CancellationToken.None);

        Live.RemoveSoon(written);
        await Live.AddAsync([written], CancellationToken.None);
        var adding = Live.AddAsync([removed], CancellationToken.None);
        Live.RemoveSoon(removed);
        await adding;
        Live.RemoveSoon(clock);

        await Eventually.BecomesTrueAsync(async () => (await DueAsync(s_now)).Length <= 1, () => "Rows stay");
        Assert.Equal([written], await DueAsync(s_now));
    }

    [Fact]
    public async Task A_row_can_be_written_again_while_it_is_removed()
    {
        var entry = At(s_now);

        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => i % 2 == 0 ? Live.AddAsync([entry], CancellationToken.None) : Live.RemoveAsync(entry, CancellationToken.None)));
        await Live.AddAsync([entry, entry], CancellationToken.None);

        Assert.Equal([entry], await DueAsync(s_now));
    }

    [Fact]
    public async Task The_earliest_come_first_across_many_runs()
    {
        var entries = Enumerable.Range(0, 300).Select(i => At(s_now.AddTicks(i * 7_919 % 300))).ToImmutableArray();
        await Live.AddAsync(entries, CancellationToken.None);

        Assert.Equal(entries.OrderBy(entry => entry.CheckAt), await DueAsync(s_now.AddSeconds(1), 1_000));
        Assert.Equal(entries.OrderBy(entry => entry.CheckAt).Take(150), await DueAsync(s_now.AddTicks(149), 1_000));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(1_000)]
    public async Task Not_more_than_the_most_are_returned_and_those_the_earliest(int max)
    {
        var entries = Enumerable.Range(0, 1_200).Select(i => At(s_now.AddTicks(-i))).ToImmutableArray();
        await Live.AddAsync(entries, CancellationToken.None);

        Assert.Equal(entries.Reverse().Take(max), await DueAsync(s_now, max));
    }

    [Fact]
    public async Task Runs_that_are_due_at_the_same_time_are_all_due()
    {
        var entries = Enumerable.Range(0, 150).Select(_ => At(s_now)).ToImmutableArray();
        await Live.AddAsync(entries, CancellationToken.None);

        Assert.Equal(entries.ToHashSet(), (await DueAsync(s_now, 1_000)).ToHashSet());
    }

    [Fact]
    public async Task Adding_again_and_twice_in_one_call_leaves_one_row()
    {
        var entry = At(s_now);
        await Live.AddAsync([entry, entry, At(s_now.AddDays(1))], CancellationToken.None);

        await Live.AddAsync([entry], CancellationToken.None);
        await Live.AddAsync([], CancellationToken.None);

        Assert.Equal([entry], await DueAsync(s_now));
    }

    [Fact]
    public async Task A_time_means_the_same_in_every_time_zone()
    {
        var entry = At(s_now.ToOffset(TimeSpan.FromHours(9)));
        await Live.AddAsync([entry], CancellationToken.None);

        Assert.Equal([entry], await DueAsync(s_now.ToOffset(TimeSpan.FromHours(-5))));
        await Live.RemoveAsync(entry with { CheckAt = s_now }, CancellationToken.None);
        Assert.Empty(await DueAsync(s_now));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public async Task A_row_is_moved_to_another_time(int days)
    {
        var entry = At(s_now);
        var other = At(s_now.AddTicks(-1));
        await Live.AddAsync([entry, other], CancellationToken.None);

        await Live.MoveAsync(entry, s_now.AddDays(days), CancellationToken.None);

        var moved = entry with { CheckAt = s_now.AddDays(days) };
        Assert.Equal(new[] { moved, other }.OrderBy(one => one.CheckAt), await DueAsync(s_now.AddDays(2)));
        Assert.Equal(days < 0 ? [moved, other] : [other], await DueAsync(s_now));
    }

    [Fact]
    public async Task Moving_to_the_same_time_keeps_the_row()
    {
        var entry = At(s_now);
        await Live.AddAsync([entry], CancellationToken.None);

        await Live.MoveAsync(entry, s_now, CancellationToken.None);

        Assert.Equal([entry], await DueAsync(s_now));
    }

    [Fact]
    public async Task Moving_a_missing_row_writes_it_at_the_new_time_and_twice_is_no_error()
    {
        var entry = At(s_now);
        var moved = entry with { CheckAt = s_now.AddHours(1) };

        await Live.MoveAsync(entry, moved.CheckAt, CancellationToken.None);
        await Live.MoveAsync(entry, moved.CheckAt, CancellationToken.None);

        Assert.Equal([moved], await DueAsync(DateTimeOffset.MaxValue));
    }

    [Fact]
    public async Task A_removed_row_is_gone_and_removing_it_again_is_no_error()
    {
        var (entry, kept) = (At(s_now), At(s_now));
        await Live.RemoveAsync(entry, CancellationToken.None);
        await Live.AddAsync([entry, kept], CancellationToken.None);

        await Live.RemoveAsync(entry with { CheckAt = s_now.AddTicks(1) }, CancellationToken.None);
        Assert.Equal(2, (await DueAsync(s_now)).Length);

        await Live.RemoveAsync(entry, CancellationToken.None);
        await Live.RemoveAsync(entry, CancellationToken.None);
        Assert.Equal([kept], await DueAsync(s_now));
    }

    private static LiveEntry At(DateTimeOffset checkAt) => new(ExampleRuns.NewId(), checkAt);

    private async Task<LiveEntry[]> DueAsync(DateTimeOffset now, int max = 100) => [.. await Live.DueAsync(now, max, CancellationToken.None)];
}
