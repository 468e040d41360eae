namespace Stepwell.EndToEnd.Tests.Server;

/// <summary>Looks again and again until something is there, at most for so long.</summary>
internal static class Eventually
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan s_pulse = TimeSpan.FromMilliseconds(50);

    /// <summary>Returns what the probe finds; while it returns null it has found nothing.</summary>
    public static async Task<T> GetAsync<T>(Func<Task<T?>> probe, Func<string> explain)
        where T : class
    {
        using var deadline = new CancellationTokenSource(s_patience);
        using var pulse = new PeriodicTimer(s_pulse);
        while (!deadline.IsCancellationRequested)
        {
            if (await probe() is { } found)
                return found;

            await pulse.WaitForNextTickAsync();
        }

        throw new TimeoutException(explain());
    }

    public static Task BecomesTrueAsync(Func<Task<bool>> probe, Func<string> explain) =>
        GetAsync<object>(async () => await probe() ? probe : null, explain);
}
