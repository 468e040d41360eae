using System.Collections.Immutable;
using Stepwell.Executor.Ports;

namespace Stepwell.Storage.Tests.Contracts;

/// <summary>Sending, receiving, leases and delays.</summary>
public abstract class WorkQueueContract
{
    protected const int Shards = 3;

    private static readonly TimeSpan s_long = TimeSpan.FromHours(1);
    private static readonly TimeSpan s_short = TimeSpan.FromSeconds(1);

    protected abstract IWorkQueue Queue { get; }

    /// <summary>Goes on in time a little, until something may have changed.</summary>
    protected abstract Task LetTimePassAsync();

    [Fact]
    public async Task A_message_is_received_with_its_body_and_gone_when_deleted()
    {
        await SendAsync("hello");

        var received = Assert.Single(await ReceiveAsync());
        Assert.Equal(("hello", 1L, 0), (received.Body, received.DequeueCount, received.Shard));

        await Queue.DeleteAsync(received, CancellationToken.None);
        Assert.IsType<LeaseOutcome.Lost>(await Queue.ExtendAsync(received, s_long, CancellationToken.None));
        Assert.Empty(await ReceiveAsync());
    }

    [Fact]
    public async Task Nothing_is_received_where_nothing_was_sent()
    {
        for (var shard = 0; shard < Shards; shard++)
            Assert.Empty(await Queue.ReceiveAsync(shard, 32, s_long, CancellationToken.None));
    }

    [Fact]
    public async Task Shards_are_separate()
    {
        Assert.Equal(Shards, Queue.Shards);
        for (var shard = 0; shard < Shards; shard++)
            await Queue.SendAsync(shard, $"to {shard}", TimeSpan.Zero, CancellationToken.None);

        for (var shard = 0; shard < Shards; shard++)
        {
            var received = Assert.Single(await Queue.ReceiveAsync(shard, 32, s_long, CancellationToken.None));
            Assert.Equal(($"to {shard}", shard), (received.Body, received.Shard));
            await Queue.DeleteAsync(received, CancellationToken.None);
            Assert.IsType<LeaseOutcome.Lost>(await Queue.ExtendAsync(received, s_long, CancellationToken.None));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(32)]
    public async Task As_many_messages_are_received_as_were_asked_for_and_each_once(int max)
    {
        const int Sent = 70;
        await Task.WhenAll(Enumerable.Range(0, Sent).Select(i => SendAsync($"message {i}")));

        var bodies = new List<string>();
        while (await Queue.ReceiveAsync(0, max, s_long, CancellationToken.None) is { IsEmpty: false } received)
        {
            Assert.InRange(received.Length, 1, max);
            bodies.AddRange(received.Select(one => one.Body));
        }

        Assert.Equal(Enumerable.Range(0, Sent).Select(i => $"message {i}").ToHashSet(), bodies.ToHashSet());
        Assert.Equal(Sent, bodies.Count);
    }

    [Fact]
    public async Task A_message_goes_to_one_of_many_receivers_at_a_time()
    {
        await Task.WhenAll(Enumerable.Range(0, 60).Select(i => SendAsync($"message {i}")));

        var received = (await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Task.Run(ReceiveAsync)))).SelectMany(batch => batch).ToList();
        received.AddRange(await ReceiveAsync());

        Assert.Equal(received.Count, received.DistinctBy(one => one.Body).Count());
        Assert.All(received, one => Assert.Equal(1, one.DequeueCount));
    }

    [Theory]
    [InlineData(1.0)]
    [InlineData(1.9)]
    [InlineData(2.0)]
    public async Task A_message_appears_after_its_delay(double seconds)
    {
        await SendAsync("later", TimeSpan.FromSeconds(seconds));

        Assert.Equal("later", (await AwaitAsync()).Body);
    }

    [Theory]
    [InlineData(60)]
    [InlineData(86_400)]
    [InlineData(604_800)]
    public async Task A_message_is_hidden_during_its_delay(int seconds)
    {
        await SendAsync("later", TimeSpan.FromSeconds(seconds));
        await SendAsync("now", TimeSpan.FromMilliseconds(999));

        Assert.Equal("now", Assert.Single(await ReceiveAsync()).Body);
    }

    [Fact]
    public async Task A_message_whose_lease_ran_out_is_received_again_and_lost_to_the_first()
    {
        await SendAsync("work");
        var first = Assert.Single(await Queue.ReceiveAsync(0, 32, s_short, CancellationToken.None));

        var second = await AwaitAsync();

        Assert.Equal((first.Id, "work", 2L), (second.Id, second.Body, second.DequeueCount));
        Assert.IsType<LeaseOutcome.Lost>(await Queue.ExtendAsync(first, s_long, CancellationToken.None));
        await Queue.DeleteAsync(first, CancellationToken.None);
        Assert.IsType<LeaseOutcome.Held>(await Queue.ExtendAsync(second, s_long, CancellationToken.None));
    }

    [Fact]
    public async Task An_extended_lease_has_a_new_receipt_and_keeps_body_and_count()
    {
        await SendAsync("work");
        var received = Assert.Single(await Queue.ReceiveAsync(0, 32, TimeSpan.FromSeconds(60), CancellationToken.None));

        var held = Assert.IsType<LeaseOutcome.Held>(await Queue.ExtendAsync(received, s_long, CancellationToken.None)).Delivery;
        Assert.Equal(received with { Receipt = held.Receipt }, held);
        Assert.NotEqual(received.Receipt, held.Receipt);
        Assert.IsType<LeaseOutcome.Lost>(await Queue.ExtendAsync(received, TimeSpan.Zero, CancellationToken.None));
        await Queue.DeleteAsync(received, CancellationToken.None);

        var again = Assert.IsType<LeaseOutcome.Held>(await Queue.ExtendAsync(held, TimeSpan.Zero, CancellationToken.None)).Delivery;
        var back = Assert.Single(await ReceiveAsync());
        Assert.Equal(("work", 2L), (back.Body, back.DequeueCount));
        Assert.IsType<LeaseOutcome.Lost>(await Queue.ExtendAsync(again, s_long, CancellationToken.None));
    }

    [Fact]
    public async Task A_lease_that_is_extended_in_time_outlasts_its_first_end()
    {
        await SendAsync("work");
        var received = Assert.Single(await Queue.ReceiveAsync(0, 32, s_short, CancellationToken.None));
        await Queue.ExtendAsync(received, s_long, CancellationToken.None);
        await SendAsync("clock", TimeSpan.FromSeconds(2));

        // When this one appears, the first lease would have been over for a second.
        Assert.Equal("clock", (await AwaitAsync()).Body);
        Assert.Empty(await ReceiveAsync());
    }

    [Fact]
    public async Task A_lease_may_last_seven_days()
    {
        await SendAsync("work");
        var received = Assert.Single(await Queue.ReceiveAsync(0, 32, IWorkQueue.MaxDelay, CancellationToken.None));

        Assert.IsType<LeaseOutcome.Held>(await Queue.ExtendAsync(received, IWorkQueue.MaxDelay, CancellationToken.None));
        Assert.Empty(await ReceiveAsync());
    }

    [Fact]
    public async Task A_message_that_is_sent_held_is_its_senders()
    {
        var held = await Queue.SendHeldAsync(1, "mine", s_long, CancellationToken.None);

        Assert.Equal(("mine", 0L, 1), (held.Body, held.DequeueCount, held.Shard));
        Assert.Empty(await Queue.ReceiveAsync(1, 32, s_long, CancellationToken.None));
        var extended = Assert.IsType<LeaseOutcome.Held>(await Queue.ExtendAsync(held, s_long, CancellationToken.None)).Delivery;
        Assert.Equal(held with { Receipt = extended.Receipt }, extended);
        await Queue.DeleteAsync(extended, CancellationToken.None);
        Assert.IsType<LeaseOutcome.Lost>(await Queue.ExtendAsync(extended, s_long, CancellationToken.None));
    }

    [Fact]
    public async Task A_message_that_was_sent_held_can_be_put_back()
    {
        var held = await Queue.SendHeldAsync(0, "not mine", s_long, CancellationToken.None);

        await Queue.ExtendAsync(held, TimeSpan.Zero, CancellationToken.None);

        var received = Assert.Single(await ReceiveAsync());
        Assert.Equal((held.Id, "not mine", 1L), (received.Id, received.Body, received.DequeueCount));
    }

    [Fact]
    public async Task A_message_that_was_sent_held_comes_to_others_when_the_lease_is_over_and_is_lost_to_its_sender()
    {
        var held = await Queue.SendHeldAsync(0, "left", s_short, CancellationToken.None);

        var received = await AwaitAsync();

        Assert.Equal((held.Id, "left", 1L), (received.Id, received.Body, received.DequeueCount));
        Assert.IsType<LeaseOutcome.Lost>(await Queue.ExtendAsync(held, s_long, CancellationToken.None));
        await Queue.DeleteAsync(held, CancellationToken.None);
        Assert.IsType<LeaseOutcome.Held>(await Queue.ExtendAsync(received, s_long, CancellationToken.None));
    }

    [Fact]
    public async Task A_held_message_can_get_another_body_and_is_hidden_from_then_on()
    {
        var held = await Queue.SendHeldAsync(1, "first", s_short, CancellationToken.None);

        var rewritten = Assert.IsType<LeaseOutcome.Held>(await Queue.RewriteAsync(held, "second", s_long, CancellationToken.None)).Delivery;

        Assert.Equal(held with { Receipt = rewritten.Receipt, Body = "second" }, rewritten);
        Assert.NotEqual(held.Receipt, rewritten.Receipt);
        await SendAsync("clock", TimeSpan.FromSeconds(2));
        // When this one appears, the first lease would have been over for a second.
        Assert.Equal("clock", (await AwaitAsync()).Body);
        Assert.Empty(await Queue.ReceiveAsync(1, 32, s_long, CancellationToken.None));
        Assert.IsType<LeaseOutcome.Lost>(await Queue.RewriteAsync(held, "third", s_long, CancellationToken.None));
        await Queue.ExtendAsync(rewritten, TimeSpan.Zero, CancellationToken.None);
        var received = Assert.Single(await Queue.ReceiveAsync(1, 32, s_long, CancellationToken.None));
        Assert.Equal((held.Id, "second", 1L), (received.Id, received.Body, received.DequeueCount));
    }

    [Fact]
    public async Task A_message_that_was_lost_or_deleted_keeps_what_it_is()
    {
        var lost = await Queue.SendHeldAsync(0, "lost", s_short, CancellationToken.None);
        var received = await AwaitAsync();

        Assert.IsType<LeaseOutcome.Lost>(await Queue.RewriteAsync(lost, "late", s_long, CancellationToken.None));

        var kept = Assert.IsType<LeaseOutcome.Held>(await Queue.ExtendAsync(received, TimeSpan.Zero, CancellationToken.None)).Delivery;
        var again = Assert.Single(await ReceiveAsync());
        Assert.Equal((kept.Id, "lost"), (again.Id, again.Body));
        await Queue.DeleteAsync(again, CancellationToken.None);
        Assert.IsType<LeaseOutcome.Lost>(await Queue.RewriteAsync(again, "later still", s_long, CancellationToken.None));
        Assert.Empty(await ReceiveAsync());
    }

    [Fact]
    public async Task Deleting_again_is_no_error()
    {
        await SendAsync("work");
        var received = Assert.Single(await ReceiveAsync());

        await Queue.DeleteAsync(received, CancellationToken.None);
        await Queue.DeleteAsync(received, CancellationToken.None);

        Assert.Empty(await ReceiveAsync());
    }

    [Fact]
    public async Task Each_receiving_counts()
    {
        await SendAsync("work");
        for (var count = 1; count <= 4; count++)
        {
            var received = Assert.Single(await ReceiveAsync());
            Assert.Equal(count, received.DequeueCount);
            await Queue.ExtendAsync(received, TimeSpan.Zero, CancellationToken.None);
        }
    }

    private Task SendAsync(string body, TimeSpan delay = default) => Queue.SendAsync(0, body, delay, CancellationToken.None);

    private Task<ImmutableArray<Delivery>> ReceiveAsync() => Queue.ReceiveAsync(0, 32, s_long, CancellationToken.None);

    private async Task<Delivery> AwaitAsync()
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            deadline.Token.ThrowIfCancellationRequested();
            await LetTimePassAsync();
            if (await ReceiveAsync() is { IsEmpty: false } received)
                return Assert.Single(received);
        }
    }
}
