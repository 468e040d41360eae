using System.Globalization;
using Microsoft.Extensions.Time.Testing;

namespace Stepwell.Executor.Tests.Operations;

/// <summary>A clock that the test moves, and that writes down which timers are waited for, so that it is not moved before somebody waits.</summary>
internal sealed class WatchedTime(Journal journal) : FakeTimeProvider(new DateTimeOffset(2026, 11, 24, 8, 0, 0, TimeSpan.Zero))
{
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        if (dueTime != Timeout.InfiniteTimeSpan)
            journal.Write($"timer {dueTime.TotalSeconds.ToString(CultureInfo.InvariantCulture)}");

        return timer;
    }
}
