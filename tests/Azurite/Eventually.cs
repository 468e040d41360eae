namespace Stepwell.Testing.Azurite;

/// <summary>Looks again and again until something is there, at most for so long.</summary>
public static class Eventually
{
    // A run whose process died in Azure Functions comes back by the sweep, after up to two minutes, and has work to do then.
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(4);
    private static readonly TimeSpan s_pulse = TimeSpan.FromMilliseconds(50);

    /// <summary>Returns what the probe finds; while it returns null it has found nothing.</summary>
    /// <param name="probe">Looks.</param>
    /// <param name="explain">What to say when nothing came.</param>
    /// <param name="patience">For how long at most; four minutes when it is null.</param>
    /// <exception cref="TimeoutException">It was not there in time.</exception>
    public static async Task<T> GetAsync<T>(Func<Task<T?>> probe, Func<string> explain, TimeSpan? patience = null)
        where T : class
    {
        using var deadline = new CancellationTokenSource(patience ?? s_patience);
        using var pulse = new PeriodicTimer(s_pulse);
        while (!deadline.IsCancellationRequested)
        {
            if (await probe() is { } found)
                return found;

            await pulse.WaitForNextTickAsync();
        }

        throw new TimeoutException(explain());
    }

    /// <inheritdoc cref="GetAsync{T}(Func{Task{T}}, Func{string}, TimeSpan?)"/>
    public static Task BecomesTrueAsync(Func<Task<bool>> probe, Func<string> explain, TimeSpan? patience = null) =>
        GetAsync<object>(async () => await probe() ? probe : null, explain, patience);
}
