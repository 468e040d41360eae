using Stepwell.Executor.Api;
using Stepwell.Executor.Hosting;
using Stepwell.Executor.Invocation;

namespace Stepwell.Executor.Server;

/// <summary>
/// Asks the apps of <c>--app</c> to register: often until they have, then now and then, so that changed functions and restarted apps are noticed.
/// A registration that changes nothing writes nothing.
/// </summary>
internal sealed class AppPoller(ExecutorSettings settings, ExecutorApi api, AppSync sync, TimeProvider time, ILogger<AppPoller> logger)
    : BackgroundService
{
    private static readonly TimeSpan s_untilRegistered = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan s_afterwards = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await Task.WhenAll(settings.Apps.Select(app => PollAsync(app, stoppingToken)));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The process stops.
        }
    }

    private async Task PollAsync(Uri app, CancellationToken stoppingToken)
    {
        var last = "";
        while (true)
        {
            var problem = await AskAsync(app, stoppingToken);
            if (problem.Length > 0 && problem != last)
                logger.AppNotRegistered(app, problem);

            last = problem;
            await Task.Delay(problem.Length == 0 ? s_afterwards : s_untilRegistered, time, stoppingToken);
        }
    }

    private async Task<string> AskAsync(Uri app, CancellationToken stoppingToken)
    {
        try
        {
            return await sync.AskAsync(app, api.ServerKind, stoppingToken);
        }
        catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
        {
            return $"its registration could not be stored ({exception.Message.TrimEnd('.')})";
        }
    }
}
