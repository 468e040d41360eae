using System.Collections.Immutable;
using Stepwell.Executor.Ports;
using Stepwell.Storage.Tests.Examples;

namespace Stepwell.Storage.Tests.Contracts;

/// <summary>Listing events, newest first.</summary>
public abstract class EventListContract
{
    // On the hour, where a storage may begin a new part.
    private static readonly DateTimeOffset s_hour = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    protected abstract IEventStore Events { get; }

    [Fact]
    public async Task Nothing_is_listed_where_nothing_was_added() =>
        Assert.Empty(await Events.ListAsync(new EventQuery(20, "go", s_hour, s_hour.AddHours(1), ExampleRuns.NewUlid()), CancellationToken.None));

    [Fact]
    public async Task The_newest_come_first_whatever_the_order_of_adding()
    {
        var added = await AddAsync(0, 3_600.001, -1.001, 1.002, 86_400.003, -86_400.002, 59, 7_200.005, 3_599.999);

        Assert.Equal(Newest(added), Ids(await ListAsync(new EventQuery(100))));
    }

    [Fact]
    public async Task Those_of_following_milliseconds_come_in_their_order()
    {
        var added = await AddAsync([.. Enumerable.Range(-30, 60).Select(i => i * 0.001)]);

        Assert.Equal(Newest(added), Ids(await ListAsync(new EventQuery(100))));
        Assert.Equal(Newest(added)[..5], Ids(await ListAsync(new EventQuery(5))));
        Assert.Equal(Newest(added[31..]), Ids(await ListAsync(new EventQuery(100, ReceivedAfter: s_hour))));
        Assert.Equal(Newest(added[..30]), Ids(await ListAsync(new EventQuery(100, ReceivedBefore: s_hour))));
    }

    [Fact]
    public async Task Events_of_the_same_millisecond_have_one_order()
    {
        var added = await AddAsync([.. Enumerable.Repeat(0.0, 50)]);

        Assert.Equal(Newest(added), Ids(await ListAsync(new EventQuery(100))));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100)]
    public async Task Pages_show_every_event_once(int limit)
    {
        var added = await AddAsync([.. Enumerable.Range(0, 70).Select(i => i * 600.001)]);

        var seen = new List<string>();
        string? cursor = null;
        while (true)
        {
            var page = await ListAsync(new EventQuery(limit, Cursor: cursor));
            Assert.True(page.Length <= limit);
            if (page.IsEmpty)
                break;

            seen.AddRange(Ids(page));
            cursor = seen[^1];
        }

        Assert.Equal(Newest(added), seen);
    }

    [Fact]
    public async Task A_page_goes_on_where_it_was_though_newer_events_came()
    {
        var added = await AddAsync(0, 1.001, 2.002, 3.003);
        var first = Ids(await ListAsync(new EventQuery(2)));
        await AddAsync(4.004, 5.005);

        Assert.Equal(Newest(added)[2..], Ids(await ListAsync(new EventQuery(2, Cursor: first[^1]))));
    }

    [Fact]
    public async Task Only_those_of_the_name_are_listed()
    {
        var wanted = Enumerable.Range(0, 30).Select(i => ExampleEvents.At(s_hour.AddSeconds(i * 60.001), "wanted")).ToImmutableArray();
        var others = Enumerable.Range(0, 300).Select(i => ExampleEvents.At(s_hour.AddSeconds(i * 7.001), i % 2 == 0 ? "Wanted" : "wanted2")).ToImmutableArray();
        await Events.AddAsync([.. wanted, .. others], CancellationToken.None);

        Assert.Equal(Newest(wanted)[..20], Ids(await ListAsync(new EventQuery(20, "wanted"))));
        Assert.Equal(Newest(wanted), Ids(await ListAsync(new EventQuery(100, "wanted"))));
        Assert.Empty(await ListAsync(new EventQuery(20, "WANTED")));
    }

    [Fact]
    public async Task Only_those_received_after_are_listed()
    {
        var added = await AddAsync(-3_600.001, -1.002, 0, 1.003, 3_599.998);

        Assert.Equal(Newest(added[3..]), Ids(await ListAsync(new EventQuery(100, ReceivedAfter: s_hour))));
        Assert.Equal(Newest(added[2..]), Ids(await ListAsync(new EventQuery(100, ReceivedAfter: s_hour.AddTicks(-1)))));
        Assert.Equal(Newest(added[3..]), Ids(await ListAsync(new EventQuery(100, ReceivedAfter: s_hour.ToOffset(TimeSpan.FromHours(9))))));
        Assert.Empty(await ListAsync(new EventQuery(100, ReceivedAfter: s_hour.AddHours(1))));
    }

    [Fact]
    public async Task Only_those_received_before_are_listed()
    {
        var added = await AddAsync(-3_599.999, -1.002, 0, 1.003, 3_600.002);

        Assert.Equal(Newest(added[..2]), Ids(await ListAsync(new EventQuery(100, ReceivedBefore: s_hour))));
        Assert.Equal(Newest(added[..3]), Ids(await ListAsync(new EventQuery(100, ReceivedBefore: s_hour.AddTicks(1)))));
        Assert.Empty(await ListAsync(new EventQuery(100, ReceivedBefore: s_hour.AddHours(-1))));
    }

    [Fact]
    public async Task Any_time_may_be_asked_for()
    {
        var added = await AddAsync(0, 0.001, 0.002, 0.003);

        foreach (var longAgo in new[] { DateTimeOffset.MinValue, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddTicks(-1) })
        {
            Assert.Equal(Newest(added), Ids(await ListAsync(new EventQuery(100, ReceivedAfter: longAgo))));
            Assert.Empty(await ListAsync(new EventQuery(100, ReceivedBefore: longAgo)));
        }

        Assert.Equal(Newest(added), Ids(await ListAsync(new EventQuery(100, ReceivedBefore: DateTimeOffset.MaxValue))));
        Assert.Empty(await ListAsync(new EventQuery(100, ReceivedAfter: DateTimeOffset.MaxValue)));
    }

    [Fact]
    public async Task All_conditions_hold_together()
    {
        var added = await AddAsync([.. Enumerable.Range(0, 20).Select(i => i * 900.001)]);
        var other = Enumerable.Range(0, 20).Select(i => ExampleEvents.At(s_hour.AddSeconds(i * 900.001), "other")).ToImmutableArray();
        await Events.AddAsync(other, CancellationToken.None);

        var query = new EventQuery(4, "go", s_hour.AddSeconds(900), s_hour.AddSeconds(900 * 15), added[12].InternalId);

        Assert.Equal(Newest(added[8..12]), Ids(await ListAsync(query)));
    }

    private async Task<ImmutableArray<StoredEvent>> AddAsync(params double[] seconds)
    {
        var added = seconds.Select(at => ExampleEvents.At(s_hour.AddSeconds(at))).ToImmutableArray();
        await Events.AddAsync(added, CancellationToken.None);
        return added;
    }

    private Task<ImmutableArray<StoredEvent>> ListAsync(EventQuery query) => Events.ListAsync(query, CancellationToken.None);

    private static List<string> Newest(IEnumerable<StoredEvent> events) => [.. events.Select(one => one.InternalId).OrderDescending(StringComparer.Ordinal)];

    private static List<string> Ids(IEnumerable<StoredEvent> events) => [.. events.Select(one => one.InternalId)];
}
