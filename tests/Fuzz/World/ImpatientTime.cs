namespace Stepwell.Fuzz.Tests.World;

/// <summary>A clock that stands still, and whose timers fire at once.</summary>
internal sealed class ImpatientTime : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => new(2026, 11, 24, 8, 0, 0, TimeSpan.Zero);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => base.CreateTimer(callback, state, TimeSpan.Zero, period);
}
