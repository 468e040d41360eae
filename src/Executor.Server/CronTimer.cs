using Stepwell.Executor.Operations;

namespace Stepwell.Executor.Server;

/// <summary>Lets schedules fire, each second.</summary>
internal sealed class CronTimer(FireCron cron, TimeProvider time, ILogger<CronTimer> logger) : BackgroundService
{
    private static readonly TimeSpan s_pulse = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_pulse, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await FireAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopped.
        }
    }

    private async Task FireAsync(CancellationToken stoppingToken)
    {
        try
        {
            await cron.RunAsync(stoppingToken);
        }
        catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
        {
            // The next pass fires what this one did not.
            logger.CronFailed(exception);
        }
    }
}
