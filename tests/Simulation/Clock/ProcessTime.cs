namespace Stepwell.Simulation.Tests;

/// <summary>The clock as one process sees it, which goes wrong by a fixed time. When the process is dead, its timers no longer fire.</summary>
internal sealed class ProcessTime(TimeProvider time, Func<bool> isDead, TimeSpan wrong) : TimeProvider
{
    public override long TimestampFrequency => time.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => time.GetUtcNow() + wrong;

    public override long GetTimestamp() => time.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => time.CreateTimer(
        fired =>
        {
            if (!isDead())
                callback(fired);
        },
        state,
        dueTime,
        period);
}
