using Stepwell.Executor.Operations;
using Stepwell.Executor.Runs;

namespace Stepwell.Executor.Server;

/// <summary>Once an interval lets the sweep look, and then what ended long ago be forgotten.</summary>
internal sealed class SweepTimer(Sweep sweep, ForgetEnded forget, TimeProvider time, ILogger<SweepTimer> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Sweeping.Interval, time);
        do
        {
            try
            {
                await sweep.RunAsync(stoppingToken);
                await forget.RunAsync(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                logger.SweepFailed(exception);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
        while (!stoppingToken.IsCancellationRequested && await TickAsync(timer, stoppingToken));
    }

    private static async Task<bool> TickAsync(PeriodicTimer timer, CancellationToken stoppingToken)
    {
        try
        {
            return await timer.WaitForNextTickAsync(stoppingToken);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
