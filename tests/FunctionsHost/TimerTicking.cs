using Cronos;
using Microsoft.Azure.Functions.Worker;

namespace Stepwell.Testing.FunctionsHost;

/// <summary>Calls functions at their times, one after the other where one takes longer than to the next time.</summary>
internal sealed class TimerTicking(IReadOnlyList<TriggeredFunction> functions, Invoker invoker, TimeProvider time, ILogger<TimerTicking> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await Task.WhenAll(functions.Where(function => function.Trigger is Trigger.Timer).Select(function => TickAsync(function, stoppingToken)));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The process stops.
        }
    }

    private async Task TickAsync(TriggeredFunction function, CancellationToken stoppingToken)
    {
        var schedule = CronExpression.Parse(((Trigger.Timer)function.Trigger).Schedule, CronFormat.IncludeSeconds);
        while (true)
        {
            var now = time.GetUtcNow();
            await Task.Delay(schedule.GetNextOccurrence(now, TimeZoneInfo.Utc)!.Value - now + TimeSpan.FromMilliseconds(1), time, stoppingToken);
            try
            {
                await invoker.CallAsync(function, _ => new TimerInfo(), stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                logger.Failed(exception, function.Name);
            }
        }
    }
}
