namespace Stepwell.Simulation.Tests;

/// <summary>Whether a process lives, stands still or is dead, and its clock.</summary>
internal sealed class ProcessLife
{
    // Task.Delay knows whole milliseconds only: with less than one it would not wait at all.
    private static readonly TimeSpan s_tick = TimeSpan.FromMilliseconds(1);

    private readonly Random _random;
    private readonly Faults _faults;
    private readonly Happened _happened;
    private DateTimeOffset _pausedUntil;

    public ProcessLife(Random random, TimeProvider everywhere, Faults faults, Happened happened, string name)
    {
        (_random, _faults, _happened, Name) = (random, faults, happened, name);
        Time = new ProcessTime(everywhere, () => IsDead, faults.Skew * (random.NextDouble() - 0.5));
    }

    public string Name { get; }

    public TimeProvider Time { get; }

    public bool IsDead { get; private set; }

    public event Action? Died;

    /// <summary>A point at which the process may die, never to return, or stand still.</summary>
    public async Task GoOnAsync()
    {
        if (!IsDead && _random.NextDouble() < _faults.Crash)
            Die();

        if (IsDead)
            await new TaskCompletionSource().Task;

        if (_random.NextDouble() < _faults.Pause)
        {
            _happened.Pauses++;
            _pausedUntil = Time.GetUtcNow() + TimeSpan.FromSeconds(_random.Next(20, 120));
            _happened.LastFault = _pausedUntil;
            _happened.Trace?.Add($"{Name} stands still until {_pausedUntil:HH:mm:ss}");
        }

        while (_pausedUntil - Time.GetUtcNow() is var rest && rest > TimeSpan.Zero)
            await Task.Delay(rest + s_tick, Time);
    }

    private void Die()
    {
        IsDead = true;
        _happened.Crashes++;
        _happened.LastFault = Time.GetUtcNow();
        _happened.Trace?.Add($"{Name} dies");
        Died?.Invoke();
    }
}
