namespace Stepwell.Simulation.Tests;

/// <summary>A clock that stands still until it is told to go on to the next timer.</summary>
internal sealed class VirtualTime(DateTimeOffset start) : TimeProvider
{
    private readonly PriorityQueue<Timer, (long Ticks, long Number)> _timers = new();
    private DateTimeOffset _now = start;
    private long _number;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => _now;

    public override long GetTimestamp() => _now.UtcTicks;

    public DateTimeOffset? NextTimer
    {
        get
        {
            while (_timers.TryPeek(out var timer, out var key) && !timer.IsDue(key.Number))
                _timers.Dequeue();

            return _timers.TryPeek(out _, out var next) ? new DateTimeOffset(next.Ticks, TimeSpan.Zero) : null;
        }
    }

    /// <summary>Goes on to a time and fires the timers up to it.</summary>
    public void GoTo(DateTimeOffset time)
    {
        _now = time > _now ? time : _now;
        while (NextTimer is { } next && next <= _now)
        {
            _timers.TryDequeue(out var timer, out _);
            timer!.Fire();
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class Timer(VirtualTime time, TimerCallback callback, object? state) : ITimer
    {
        private long _due = -1;

        public bool IsDue(long number) => _due == number;

        public void Fire()
        {
            _due = -1;
            callback(state);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            if (period != Timeout.InfiniteTimeSpan)
                throw new NotSupportedException("Only timers that fire once are simulated.");

            _due = -1;
            if (dueTime != Timeout.InfiniteTimeSpan)
            {
                _due = ++time._number;
                time._timers.Enqueue(this, ((time._now + dueTime).UtcTicks, _due));
            }

            return true;
        }

        public void Dispose() => _due = -1;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
