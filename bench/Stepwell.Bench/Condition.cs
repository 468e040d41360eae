namespace Stepwell.Bench;

/// <summary>Waits for what is not told, by looking again and again.</summary>
internal static class Condition
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Returns when the condition holds.</summary>
    /// <exception cref="BenchException">It does not hold in time.</exception>
    public static async Task HoldsAsync(Func<Task<bool>> condition, TimeSpan patience, Func<string> describe, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(patience);
        try
        {
            while (!await condition())
                await Task.Delay(s_pause, deadline.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new BenchException(describe());
        }
    }
}
