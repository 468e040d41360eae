using System.Collections.Immutable;
using Stepwell.Executor.Ports;
using Stepwell.Storage.Tests.Contracts;
using Stepwell.Storage.Tests.Examples;
using Stepwell.Testing.Azurite;

namespace Stepwell.Storage.Tests.Azure;

/// <summary>Events that the first version stored are read and removed where they are.</summary>
public sealed class FirstVersionEventStoreTests(AzuriteFixture azurite) : EventStoreContract, IClassFixture<AzuriteFixture>
{
    private readonly FirstVersionEventStore _events = new(azurite);

    protected override IEventStore Events => _events;

    [Fact]
    public async Task They_are_removed_wherever_they_are()
    {
        var added = Following(8);
        await _events.AddAsync(added, CancellationToken.None);
        Assert.Single((await _events.PartitionsAsync()).Distinct());

        foreach (var happened in added)
            await _events.RemoveAsync(happened.InternalId, CancellationToken.None);

        Assert.Empty(await _events.PartitionsAsync());
    }

    [Fact]
    public async Task One_that_both_versions_stored_is_listed_once_and_read_as_this_one_wrote_it()
    {
        var old = Following(8);
        await _events.AddAsync(old, CancellationToken.None);
        ImmutableArray<StoredEvent> repeated = [.. old.Select(happened => happened with { Runs = ExampleEvents.Started(1) })];
        await _events.Account.Events.AddAsync(repeated, CancellationToken.None);
        // Two of the eight have the keys of both versions.
        Assert.Equal(14, (await _events.PartitionsAsync()).Count);

        var listed = await _events.ListAsync(new EventQuery(100), CancellationToken.None);

        Assert.Equal(
            repeated.OrderByDescending(happened => happened.InternalId, StringComparer.Ordinal).Select(happened => (happened.InternalId, happened.Runs[0])),
            listed.Select(happened => (happened.InternalId, Assert.Single(happened.Runs))));
        foreach (var happened in repeated)
            Assert.Equal(happened.Runs[0], Assert.Single(Assert.IsType<ReadEventOutcome.Found>(await _events.ReadAsync(happened.InternalId, CancellationToken.None)).Event.Runs));
    }

    [Fact]
    public async Task One_that_both_versions_stored_leaves_nothing_behind_that_cannot_be_read()
    {
        ImmutableArray<StoredEvent> large = [.. Following(4).Select(happened => happened with { Json = ExampleJson.OfSize(200_000) })];
        await _events.AddAsync(large, CancellationToken.None);
        await _events.Account.Events.AddAsync(large, CancellationToken.None);
        Assert.Equal(7, (await _events.PartitionsAsync()).Count);

        foreach (var happened in large)
            await _events.RemoveAsync(happened.InternalId, CancellationToken.None);

        Assert.Empty(await _events.ListAsync(new EventQuery(100), CancellationToken.None));
        Assert.Empty(await _events.PartitionsAsync());
    }

    /// <summary>Events of following milliseconds.</summary>
    private static ImmutableArray<StoredEvent> Following(int count) => [.. Enumerable.Range(0, count).Select(i => ExampleEvents.At(ExampleRuns.Now.AddMilliseconds(i)))];
}
