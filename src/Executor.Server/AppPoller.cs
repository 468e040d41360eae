using Stepwell.Executor.Api;
using Stepwell.Executor.Invocation;
using Stepwell.Executor.Operations;
using Stepwell.Protocol;

namespace Stepwell.Executor.Server;

/// <summary>
/// Asks the apps of <c>--app</c> to register: often until they have, then now and then, so that changed functions and restarted apps are noticed.
/// A registration that changes nothing writes nothing.
/// </summary>
internal sealed class AppPoller(ServerSettings settings, ExecutorApi api, EngineOptions engine, TimeProvider time, ILogger<AppPoller> logger)
    : BackgroundService
{
    private static readonly TimeSpan s_untilRegistered = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan s_afterwards = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var http = new HttpClient(AppConnections.CreateHandler()) { Timeout = TimeSpan.FromSeconds(10) };
        try
        {
            await Task.WhenAll(settings.Apps.Select(app => PollAsync(http, app, stoppingToken)));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The process stops.
        }
    }

    private async Task PollAsync(HttpClient http, Uri app, CancellationToken stoppingToken)
    {
        var last = "";
        while (true)
        {
            var problem = await AskAsync(http, app, stoppingToken);
            if (problem.Length > 0 && problem != last)
                logger.AppNotRegistered(app, problem);

            last = problem;
            await Task.Delay(problem.Length == 0 ? s_afterwards : s_untilRegistered, time, stoppingToken);
        }
    }

    /// <summary>Empty when the app has registered, otherwise what is wrong.</summary>
    private async Task<string> AskAsync(HttpClient http, Uri app, CancellationToken stoppingToken)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Put, app);
            request.Headers.Add(ProtocolHeaders.ServerKind, api.ServerKind);
            if (engine.SigningKeys is { } keys)
                request.Headers.Add(ProtocolHeaders.Signature, keys.Primary.Sign([], time.GetUtcNow()));

            using var response = await http.SendAsync(request, stoppingToken);
            if (response.IsSuccessStatusCode)
                return "";

            var body = await response.Content.ReadAsStringAsync(stoppingToken);
            return $"it answered {(int)response.StatusCode}: {(body.Length <= 300 ? body : body[..300])}";
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException || (exception is OperationCanceledException && !stoppingToken.IsCancellationRequested))
        {
            return $"it does not answer ({exception.Message.TrimEnd('.')})";
        }
    }
}
