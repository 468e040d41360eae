using Stepwell.Executor.Ports;
using Stepwell.Executor.Runs;
using Stepwell.Protocol.Ids;

namespace Stepwell.Executor.Operations;

/// <summary>Sends hints to the shard of their run.</summary>
public sealed class WorkSender(IWorkQueue queue, ILocalWorkers workers, LocalStarts starts, TimeProvider time)
{
    /// <summary>Sends a hint. One that is due later than the queue can delay hops: it arrives early and is put back for the rest.</summary>
    public Task SendAsync(RunId run, Hint hint, CancellationToken cancellationToken) =>
        SendAsync(new WorkMessage(hint.Id, run, hint.Items), hint.Due, cancellationToken);

    /// <summary>
    /// Sets a run going that was created here: by a worker of this process if one is free, otherwise through the queue. Only the first copy of the message that starts it
    /// may own the claim that was written with the run. After a failure it is unknown whether that copy is in the queue, so the second try sends a plain hint.
    /// </summary>
    public async Task SendStartAsync(ReadRunOutcome.Found created, CancellationToken cancellationToken)
    {
        var isTaken = workers.TryTake();
        try
        {
            if (isTaken)
            {
                await starts.AddAsync(created.Run.Id);
                workers.Work(created);
            }
            else
            {
                await SendAsync(StartOf(created.Run.Id) with { Fresh = true }, time.GetUtcNow(), cancellationToken);
            }
        }
        catch (Exception exception)
        {
            if (isTaken)
            {
                starts.Remove(created.Run.Id);
                workers.Release();
            }

            if (exception is OperationCanceledException)
                throw;

            await SendAsync(StartOf(created.Run.Id), time.GetUtcNow(), cancellationToken);
        }
    }

    /// <summary>Sends a hint to each of the runs that another executor had started and worked on.</summary>
    public Task SendLeftAsync(IEnumerable<RunId> runs, CancellationToken cancellationToken) =>
        SideBySide.ForEachAsync(runs, run => SendAsync(StartOf(run) with { Held = true }, time.GetUtcNow(), cancellationToken), cancellationToken);

    private static WorkMessage StartOf(RunId run) => new(MessageId.Start, run, [StepKey.Discovery]);

    private Task SendAsync(WorkMessage message, DateTimeOffset due, CancellationToken cancellationToken) =>
        queue.SendAsync(ShardOf(message.Run), WorkMessageText.Write(message), Delay(due), cancellationToken);

    /// <summary>How long to hide a message that is due then. The queue knows whole seconds: the rest is waited out by whoever receives it.</summary>
    public TimeSpan Delay(DateTimeOffset due)
    {
        var rest = due - time.GetUtcNow();
        if (rest <= TimeSpan.Zero)
            return TimeSpan.Zero;

        return rest >= IWorkQueue.MaxDelay ? IWorkQueue.MaxDelay : TimeSpan.FromSeconds(Math.Floor(rest.TotalSeconds));
    }

    private int ShardOf(RunId run)
    {
        // The last characters of a run id are evenly distributed, and the same everywhere and for ever, unlike a hash code.
        var tail = 0;
        foreach (var c in run.Value.AsSpan(18))
            tail = (tail * 31 + c) & int.MaxValue;

        return tail % queue.Shards;
    }
}
