using System.Collections.Concurrent;

namespace Stepwell.Sdk.Tests.World;

/// <summary>A clock whose timers fire at once, if they are shorter than some; how long those were to take is kept.</summary>
internal sealed class ImpatientTime : TimeProvider
{
    private readonly ConcurrentQueue<TimeSpan> _pauses = new();

    public TimeSpan Below { get; init; } = TimeSpan.MaxValue;

    public IReadOnlyList<TimeSpan> Pauses => [.. _pauses];

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime >= Below)
            return base.CreateTimer(callback, state, dueTime, period);

        _pauses.Enqueue(dueTime);
        return base.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
