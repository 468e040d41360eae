using Microsoft.Extensions.Time.Testing;
using Stepwell.Executor.Ports;

namespace Stepwell.EndToEnd.Tests.Server;

public sealed class QueuePumpTests
{
    [Fact]
    public async Task What_is_received_while_the_process_stops_is_still_looked_at()
    {
        var queue = new LateQueue();
        await using var test = new TestPump(queue, new FakeTimeProvider());
        await test.Pump.StartAsync(CancellationToken.None);
        await queue.Asked;

        var stopped = test.Pump.StopAsync(CancellationToken.None);
        queue.Answer(new Delivery(0, "1", "receipt", "no message of ours", 1));
        await stopped;

        // What cannot be read is deleted; a receiving that had been broken off would have hidden it from everybody.
        Assert.Equal("1", Assert.Single(queue.Deleted).Id);
    }

    [Fact]
    public async Task Workers_can_be_taken_while_the_pump_runs_and_it_has_stopped_when_all_are_back()
    {
        await using var test = new TestPump(new EmptyQueue(1), new FakeTimeProvider());
        Assert.False(test.Workers.TryTake());
        await test.Pump.StartAsync(CancellationToken.None);
        while (!test.Workers.TryTake())
            await Task.Yield();

        var stopped = test.Pump.StopAsync(CancellationToken.None);
        Assert.False(stopped.IsCompleted);
        Assert.False(test.Workers.TryTake());
        test.Workers.Release();
        await stopped;

        Assert.False(test.Workers.TryTake());
    }
}
