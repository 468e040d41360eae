using Stepwell.Executor.Ports;
using Stepwell.Executor.Runs;
using Stepwell.Protocol.Ids;

namespace Stepwell.Executor.Operations;

/// <summary>Sends hints to the shard of their run.</summary>
public sealed class WorkSender(IWorkQueue queue, TimeProvider time)
{
    /// <summary>Sends a hint. One that is due later than the queue can delay hops: it arrives early and is put back for the rest.</summary>
    public Task SendAsync(RunId run, Hint hint, CancellationToken cancellationToken) =>
        SendAsync(new WorkMessage(hint.Id, run, hint.Items), hint.Due, cancellationToken);

    /// <summary>
    /// Sends the message that starts a run. Only its first copy may own the claim that was written with the run, because after a failure it is unknown
    /// whether that copy is in the queue: the second try sends a plain hint.
    /// </summary>
    public async Task SendStartAsync(RunId run, CancellationToken cancellationToken)
    {
        var start = new WorkMessage(MessageId.Start, run, [StepKey.Discovery]);
        try
        {
            await SendAsync(start with { Fresh = true }, time.GetUtcNow(), cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            await SendAsync(start, time.GetUtcNow(), cancellationToken);
        }
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
