using Stepwell.Executor.Ports;
using Stepwell.Executor.Runs;
using Stepwell.Protocol.Ids;

namespace Stepwell.Executor.Operations;

/// <summary>Has a run look at a step for which something has come. A run that waits is not looked at before its time; should the message be lost, the sweep has it look.</summary>
public sealed class AskToLook(ILiveIndex live, WorkSender sender, TimeProvider time)
{
    // All other rows have whole milliseconds (Sweeping). So this one is told from the run's own, which the run moves away when it rests and takes out when its end is told.
    private static readonly TimeSpan s_mark = TimeSpan.FromTicks(1);

    // Told from the others, as it is removed when the run's own row is there.
    private static readonly TimeSpan s_beside = TimeSpan.FromTicks(3);

    /// <summary>Whether a row of the live index was made here, and is not the run's own.</summary>
    public static bool IsMadeBy(LiveEntry entry) => TimeSpan.FromTicks(entry.CheckAt.Ticks % TimeSpan.TicksPerMillisecond) is var mark && (mark == s_mark || mark == s_beside);

    /// <summary>The time of a row that is made now.</summary>
    public static DateTimeOffset TimeOf(DateTimeOffset now) => Sweeping.Soon(now) + s_mark;

    /// <summary>A row beside a run's own: should that one not come to be, the sweep looks all the same.</summary>
    public static LiveEntry Beside(LiveEntry own) => own with { CheckAt = own.CheckAt + s_beside };

    /// <param name="run">The run.</param>
    /// <param name="step">The step that waits.</param>
    /// <param name="what">Names what has come.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public async Task AskAsync(RunId run, StepKey step, string what, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await live.AddAsync([new LiveEntry(run, TimeOf(now))], cancellationToken);
        await sender.SendAsync(run, new Hint(MessageId.Arrival(what), [step], now), cancellationToken);
    }
}
