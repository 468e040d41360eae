using Stepwell.Executor.Ports;
using Stepwell.Executor.Runs;
using Stepwell.Protocol.Ids;

namespace Stepwell.Executor.Operations;

/// <summary>Sends hints to the shard of their run.</summary>
public sealed class WorkSender(IWorkQueue queue, ILocalWorkers workers, TimeProvider time, EngineOptions options)
{
    /// <summary>Sends a hint. One that is due later than the queue can delay hops: it arrives early and is put back for the rest.</summary>
    public Task SendAsync(RunId run, Hint hint, CancellationToken cancellationToken) =>
        SendAsync(new WorkMessage(hint.Id, run, hint.Items), hint.Due, cancellationToken);

    /// <summary>
    /// Sets a run going that was created here: by a worker of this process if one is free, otherwise through the queue. Only the first copy of the message that starts it
    /// may own the claim that was written with the run. After a failure it is unknown whether that copy is in the queue, so the second try sends a plain hint; and
    /// what a worker of this process does as that copy lies in the queue as a plain hint too, as the queue does not count that it was worked on.
    /// </summary>
    public async Task SendStartAsync(ReadRunOutcome.Found created, CancellationToken cancellationToken)
    {
        var start = new WorkMessage(MessageId.Start, created.Run.Id, [StepKey.Discovery]);
        var isTaken = workers.TryTake();
        try
        {
            if (isTaken)
                // Not broken off: the queue may have taken it, and then it would be hidden with nobody working on it.
                workers.Work(await HoldAsync(start), created);
            else
                await SendAsync(start with { Fresh = true }, time.GetUtcNow(), cancellationToken);
        }
        catch (Exception exception)
        {
            if (isTaken)
                workers.Release();

            if (exception is OperationCanceledException)
                throw;

            await SendAsync(start, time.GetUtcNow(), cancellationToken);
        }
    }

    private async Task<Delivery> HoldAsync(WorkMessage start)
    {
        var held = await queue.SendHeldAsync(ShardOf(start.Run), WorkMessageText.Write(start with { Held = true }), options.ClaimLength, CancellationToken.None);
        return held with { Body = WorkMessageText.Write(start with { Fresh = true }) };
    }

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
