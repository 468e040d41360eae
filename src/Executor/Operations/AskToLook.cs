using Stepwell.Executor.Ports;
using Stepwell.Executor.Runs;
using Stepwell.Protocol.Ids;

namespace Stepwell.Executor.Operations;

/// <summary>Has a run look at a step for which something has come. A run that waits is not looked at before its time; should the message be lost, the sweep has it look.</summary>
public sealed class AskToLook(ILiveIndex live, WorkSender sender, TimeProvider time)
{
    // A tick more than the run's own row has, which the run moves away when it rests.
    private static readonly TimeSpan s_rest = Sweeping.Interval + TimeSpan.FromTicks(1);

    /// <param name="run">The run.</param>
    /// <param name="step">The step that waits.</param>
    /// <param name="what">Names what has come.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public async Task AskAsync(RunId run, StepKey step, string what, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await live.AddAsync([new LiveEntry(run, now + s_rest)], cancellationToken);
        await sender.SendAsync(run, new Hint(MessageId.Arrival(what), [step], now), cancellationToken);
    }
}
