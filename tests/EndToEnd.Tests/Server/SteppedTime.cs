using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;

namespace Stepwell.EndToEnd.Tests.Server;

/// <summary>A clock that tells for how long somebody is about to wait, so that a test moves it by just that.</summary>
internal sealed class SteppedTime : FakeTimeProvider
{
    private readonly Channel<TimeSpan> _waits = Channel.CreateUnbounded<TimeSpan>();

    /// <summary>Waits until so many are waiting, and lets the longest of these waits pass.</summary>
    public async Task<TimeSpan> StepAsync(int waiters)
    {
        var longest = await LongestAsync(waiters);
        Advance(longest);
        return longest;
    }

    /// <summary>Waits until so many are waiting, so that nobody does anything, and returns the longest of these waits.</summary>
    public async Task<TimeSpan> LongestAsync(int waiters)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        var longest = TimeSpan.Zero;
        for (var i = 0; i < waiters; i++)
        {
            var wait = await _waits.Reader.ReadAsync(deadline.Token);
            longest = wait > longest ? wait : longest;
        }

        return longest;
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        if (dueTime != Timeout.InfiniteTimeSpan)
            _waits.Writer.TryWrite(dueTime);

        return timer;
    }
}
