using Microsoft.Extensions.Time.Testing;
using Stepwell.Executor.Ports;
using Stepwell.Executor.Storage.InMemory;
using Stepwell.Storage.Tests.Contracts;

namespace Stepwell.Storage.Tests.InMemory;

public sealed class InMemoryWorkQueueTests : WorkQueueContract
{
    private readonly FakeTimeProvider _time = new();

    public InMemoryWorkQueueTests() => Queue = new InMemoryStorage(_time, Shards).Queue;

    protected override IWorkQueue Queue { get; }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(999, 0)]
    [InlineData(1_000, 1)]
    [InlineData(61_999, 61)]
    [InlineData(604_799_999, 604_799)]
    [InlineData(604_800_000, 604_800)]
    public async Task A_message_appears_at_the_end_of_its_delay_in_whole_seconds_and_not_before(long milliseconds, int seconds)
    {
        await Queue.SendAsync(0, "x", TimeSpan.FromMilliseconds(milliseconds), CancellationToken.None);
        if (seconds > 0)
        {
            _time.Advance(TimeSpan.FromSeconds(seconds) - TimeSpan.FromTicks(1));
            Assert.Empty(await ReceiveAsync(TimeSpan.FromMinutes(1)));
            _time.Advance(TimeSpan.FromTicks(1));
        }

        Assert.Single(await ReceiveAsync(TimeSpan.FromMinutes(1)));
    }

    [Fact]
    public async Task A_message_that_nobody_receives_is_there_after_years()
    {
        await Queue.SendAsync(0, "x", IWorkQueue.MaxDelay, CancellationToken.None);

        _time.Advance(TimeSpan.FromDays(3_650));

        Assert.Equal("x", Assert.Single(await ReceiveAsync(TimeSpan.FromMinutes(1))).Body);
    }

    [Fact]
    public async Task A_receipt_stays_good_after_its_time_until_somebody_else_receives_the_message()
    {
        await Queue.SendAsync(0, "x", TimeSpan.Zero, CancellationToken.None);
        var late = Assert.Single(await ReceiveAsync(TimeSpan.FromSeconds(1)));
        _time.Advance(TimeSpan.FromHours(1));

        var held = Assert.IsType<LeaseOutcome.Held>(await Queue.ExtendAsync(late, TimeSpan.FromSeconds(10), CancellationToken.None));

        _time.Advance(TimeSpan.FromSeconds(10) - TimeSpan.FromTicks(1));
        Assert.Empty(await ReceiveAsync(TimeSpan.FromSeconds(1)));
        _time.Advance(TimeSpan.FromTicks(1));
        await Queue.DeleteAsync(held.Delivery, CancellationToken.None);
        Assert.Empty(await ReceiveAsync(TimeSpan.FromSeconds(1)));
    }

    protected override Task LetTimePassAsync()
    {
        _time.Advance(TimeSpan.FromSeconds(1));
        return Task.CompletedTask;
    }

    private async Task<IReadOnlyList<Delivery>> ReceiveAsync(TimeSpan lease) => await Queue.ReceiveAsync(0, 32, lease, CancellationToken.None);
}
