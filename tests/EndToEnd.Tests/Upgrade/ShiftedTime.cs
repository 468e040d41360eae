namespace Stepwell.EndToEnd.Tests.Upgrade;

/// <summary>A clock that goes as fast as the real one, by a distance from it.</summary>
internal sealed class ShiftedTime(TimeSpan distance) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + distance;
}
