using Microsoft.Extensions.Logging;
using Stepwell.Executor.Operations;

namespace Stepwell.Executor.Functions;

/// <summary>What has to be done each minute, though nobody asks for it.</summary>
public sealed class MinuteTimer(FireCron cron, Sweep sweep, ForgetEnded forget, ILogger<MinuteTimer> logger)
{
    public async Task TickAsync(CancellationToken stopping)
    {
        try
        {
            await cron.RunAsync(stopping);
        }
        catch (Exception exception) when (!stopping.IsCancellationRequested)
        {
            // The next minute fires what this one did not. The sweep is not to suffer from it.
            logger.CronFailed(exception);
        }

        await sweep.RunAsync(stopping);
        await forget.RunAsync(stopping);
    }
}
