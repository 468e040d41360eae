using System.Collections.Immutable;
using Stepwell.Executor.Operations;
using Stepwell.Executor.Ports;

namespace Stepwell.Executor.Server;

/// <summary>Receives messages and hands them to the engine; runs that start here come without being received. As many are worked on at a time as there are workers.</summary>
internal sealed class QueuePump(
    IWorkQueue queue, AdvanceRun advance, LocalStarts starts, LocalWorkers workers, Arrivals arrivals, EngineOptions engine, TimeProvider time, ILogger<QueuePump> logger)
    : BackgroundService
{
    // What Azure Storage gives in one request.
    private const int MaxReceived = 32;

    private static readonly TimeSpan s_busy = TimeSpan.FromMilliseconds(25);

    // However many shards there are, idle they cost at most 43 requests a minute together.
    private static readonly TimeSpan s_idle = TimeSpan.FromMilliseconds(1_500);
    private static readonly TimeSpan s_idlePerShard = TimeSpan.FromMilliseconds(1_400);
    private static readonly TimeSpan s_afterFailure = TimeSpan.FromSeconds(2);

    // A receiving that is broken off may have hidden messages that nobody then has.
    private static readonly TimeSpan s_lastReceiving = TimeSpan.FromSeconds(5);

    private readonly TimeSpan _idle = s_idlePerShard * queue.Shards > s_idle ? s_idlePerShard * queue.Shards : s_idle;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        workers.Open(created => _ = WorkAsync($"of the start of run {created.Run.Id}", () => advance.StartAsync(created, stoppingToken)), stoppingToken);
        try
        {
            await Task.WhenAll(Enumerable.Range(0, queue.Shards).Select(shard => PumpAsync(shard, stoppingToken)));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Nothing more is received; what was received is brought to its end.
        }

        await workers.TakeAllAsync();
        await starts.CloseAsync();
    }

    private async Task PumpAsync(int shard, CancellationToken stoppingToken)
    {
        var pause = s_busy;
        while (true)
        {
            await workers.TakeAsync(stoppingToken);
            var held = 1;
            try
            {
                while (held < MaxReceived && workers.TryTake())
                    held++;

                var received = await ReceiveAsync(shard, held, stoppingToken);
                foreach (var delivery in received)
                {
                    held--;
                    _ = WorkAsync(delivery.Id, () => advance.HandleAsync(delivery, stoppingToken));
                }

                pause = received.IsEmpty ? pause : TimeSpan.Zero;
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                logger.ReceiveFailed(exception, shard, s_afterFailure.TotalSeconds);
                pause = s_afterFailure;
            }
            finally
            {
                if (held > 0)
                    workers.Release(held);
            }

            pause = await RestAsync(shard, pause, stoppingToken);
        }
    }

    private async Task<ImmutableArray<Delivery>> ReceiveAsync(int shard, int max, CancellationToken stoppingToken)
    {
        using var breakOff = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        using var grace = stoppingToken.Register(() => breakOff.CancelAfter(s_lastReceiving));
        return await queue.ReceiveAsync(shard, max, engine.ClaimLength, breakOff.Token);
    }

    /// <summary>Waits, and returns how long to wait the next time: shorter when something is expected, twice as long when nothing came.</summary>
    private async Task<TimeSpan> RestAsync(int shard, TimeSpan pause, CancellationToken stoppingToken)
    {
        if (pause == TimeSpan.Zero)
            return s_busy;

        if (pause == s_afterFailure)
        {
            await Task.Delay(pause, time, stoppingToken);
            return s_busy;
        }

        var isExpected = await arrivals.WaitAsync(shard, pause, stoppingToken);
        return isExpected ? s_busy : pause * 2 < _idle ? pause * 2 : _idle;
    }

    private async Task WorkAsync(string message, Func<Task> work)
    {
        // The engine's first part must not hold up the receiving of others.
        await Task.Yield();
        try
        {
            await work();
        }
        catch (Exception exception)
        {
            // The message comes back when its lease is over.
            logger.HandlingFailed(exception, message, engine.ClaimLength.TotalSeconds);
        }
        finally
        {
            workers.Release();
        }
    }
}
