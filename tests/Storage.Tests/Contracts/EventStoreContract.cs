using System.Collections.Immutable;
using Stepwell.Executor.Ports;
using Stepwell.Protocol;
using Stepwell.Protocol.Ids;
using Stepwell.Protocol.Json;
using Stepwell.Storage.Tests.Examples;

namespace Stepwell.Storage.Tests.Contracts;

/// <summary>Writing events and reading them by id.</summary>
public abstract class EventStoreContract
{
    protected abstract IEventStore Events { get; }

    [Fact]
    public async Task What_was_added_is_read_exactly()
    {
        var one = ExampleEvents.At(ExampleRuns.Now, "shop/paid") with { Id = "order-1", Runs = ExampleEvents.Started(2) };

        await Events.AddAsync([one], CancellationToken.None);

        await AssertStoredAsync(one);
    }

    [Theory]
    [InlineData("01ARZ3NDEKTSV4RRFFQ69G5FAV")]
    [InlineData("00000000000000000000000000")]
    [InlineData("7ZZZZZZZZZZZZZZZZZZZZZZZZZ")]
    [InlineData("ZZZZZZZZZZZZZZZZZZZZZZZZZZ")]
    [InlineData("ILOUILOUILOUILOUILOUILOUIL")]
    [InlineData("!'\"#$%&()*+,-./:;<=>?@[\\]^")]
    [InlineData("éééééééééééééééééééééééééé")]
    [InlineData("order-1")]
    [InlineData("")]
    public async Task What_was_never_added_is_not_found(string internalId)
    {
        Assert.IsType<ReadEventOutcome.NotFound>(await Events.ReadAsync(internalId, CancellationToken.None));
        await Events.AddAsync([ExampleEvents.At(ExampleRuns.Now)], CancellationToken.None);
        Assert.IsType<ReadEventOutcome.NotFound>(await Events.ReadAsync(internalId, CancellationToken.None));
    }

    [Fact]
    public async Task An_event_that_is_removed_is_not_there_any_more_and_others_are()
    {
        var removed = ExampleEvents.At(ExampleRuns.Now, "first") with { Json = ExampleJson.OfSize(200_000) };
        var other = ExampleEvents.At(ExampleRuns.Now, "second");
        await Events.AddAsync([removed, other], CancellationToken.None);

        await Events.RemoveAsync(removed.InternalId, CancellationToken.None);
        await Events.RemoveAsync(removed.InternalId, CancellationToken.None);
        await Events.RemoveAsync("no id", CancellationToken.None);

        Assert.IsType<ReadEventOutcome.NotFound>(await Events.ReadAsync(removed.InternalId, CancellationToken.None));
        await AssertStoredAsync(other);
    }

    [Fact]
    public async Task An_event_of_the_same_internal_id_is_replaced()
    {
        var first = ExampleEvents.At(ExampleRuns.Now, "first") with { Json = ExampleJson.OfSize(200_000), Runs = ExampleEvents.Started(3) };
        var second = first with { Name = "second", Json = RawJson.FromString("{}"), Runs = [] };

        await Events.AddAsync([first], CancellationToken.None);
        await Events.AddAsync([second], CancellationToken.None);

        await AssertStoredAsync(second);
        Assert.Single(await Events.ListAsync(new EventQuery(100), CancellationToken.None));
    }

    [Fact]
    public async Task Of_the_same_internal_id_in_one_call_the_last_counts()
    {
        var first = ExampleEvents.At(ExampleRuns.Now, "first");
        var last = first with { Name = "last" };

        await Events.AddAsync([first, ExampleEvents.At(ExampleRuns.Now), last], CancellationToken.None);

        await AssertStoredAsync(last);
        Assert.Equal(2, (await Events.ListAsync(new EventQuery(100), CancellationToken.None)).Length);
    }

    [Fact]
    public async Task Nothing_is_added_by_an_empty_call()
    {
        await Events.AddAsync([], CancellationToken.None);

        Assert.Empty(await Events.ListAsync(new EventQuery(100), CancellationToken.None));
    }

    [Theory]
    [MemberData(nameof(ExampleJson.Values), MemberType = typeof(ExampleJson))]
    public async Task Any_JSON_is_kept(string json)
    {
        var one = ExampleEvents.At(ExampleRuns.Now) with { Json = RawJson.FromString($$$"""{"data":{"x":{{{json}}}}}""") };

        await Events.AddAsync([one], CancellationToken.None);

        await AssertStoredAsync(one);
    }

    [Theory]
    [InlineData("a/b#c?d\\e%f")]
    [InlineData("it's \"quoted\" & <tagged> + 100%25")]
    [InlineData("  spaces\tand\r\nlines  ")]
    [InlineData("😀 漢字 שלום é e\u0301 \u2028 \u0000 \u0001 \ufeff")]
    public async Task Any_text_is_kept_as_name_and_as_id(string text)
    {
        var run = new StartedRun(ExampleRuns.NewId(), FunctionId.Parse(text));
        var one = ExampleEvents.At(ExampleRuns.Now, text) with { Id = text, Runs = [run] };

        await Events.AddAsync([one, ExampleEvents.At(ExampleRuns.Now, "another")], CancellationToken.None);

        await AssertStoredAsync(one);
        Assert.Equal(one.InternalId, Assert.Single(await Events.ListAsync(new EventQuery(100, Name: text), CancellationToken.None)).InternalId);
    }

    [Fact]
    public async Task The_longest_name_and_id_and_the_largest_event_are_kept()
    {
        var one = ExampleEvents.At(ExampleRuns.Now, new string('漢', ProtocolLimits.MaxEventNameLength)) with
        {
            Id = new string('é', 512),
            Json = ExampleJson.OfSize(ProtocolLimits.MaxEventBytes),
        };

        await Events.AddAsync([one], CancellationToken.None);

        await AssertStoredAsync(one);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(2_000)]
    public async Task An_event_may_start_any_number_of_runs(int count)
    {
        var one = ExampleEvents.At(ExampleRuns.Now) with { Runs = ExampleEvents.Started(count) };

        await Events.AddAsync([one], CancellationToken.None);

        await AssertStoredAsync(one);
    }

    [Fact]
    public async Task Many_events_that_start_many_runs_and_fill_their_rows_are_added_in_one_call()
    {
        var runs = ExampleEvents.Started(500);
        var all = Enumerable.Range(0, 60).Select(i => ExampleEvents.At(ExampleRuns.Now) with { Json = ExampleJson.OfSize(79_000, i), Runs = runs }).ToImmutableArray();

        await Events.AddAsync(all, CancellationToken.None);

        await AssertStoredAsync(all[0]);
        await AssertStoredAsync(all[^1]);
    }

    [Fact]
    public async Task Thousands_of_events_are_added_in_one_call()
    {
        var all = Enumerable.Range(0, ProtocolLimits.MaxEventsPerRequest).Select(i => ExampleEvents.At(ExampleRuns.Now.AddMinutes(i / 20), $"name {i}")).ToImmutableArray();

        await Events.AddAsync(all, CancellationToken.None);

        foreach (var one in all.Where((_, i) => i % 500 == 0).Append(all[^1]))
            await AssertStoredAsync(one);

        Assert.Equal(100, (await Events.ListAsync(new EventQuery(100), CancellationToken.None)).Length);
    }

    private async Task AssertStoredAsync(StoredEvent expected)
    {
        var found = Assert.IsType<ReadEventOutcome.Found>(await Events.ReadAsync(expected.InternalId, CancellationToken.None));
        Assert.Equal(Described.Of(expected), Described.Of(found.Event));
    }
}
