using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Stepwell.Sdk.Serving;

namespace Stepwell.AspNetCore;

/// <summary>Registers the app with its executor as soon as it listens, and tries again until it has worked.</summary>
internal sealed class Registering(ServeHandler handler, ServedPath path, IServer server, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<Registering> logger)
    : BackgroundService
{
    private static readonly TimeSpan s_firstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var starting = lifetime.ApplicationStarted.Register(started.SetResult);
        using var stopping = stoppingToken.Register(() => started.TrySetCanceled(stoppingToken));
        try
        {
            await started.Task;
            if (Endpoint() is not { } url)
            {
                logger.NothingServed();
                return;
            }

            await RegisterAsync(url, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The app stops before it was registered.
        }
    }

    private async Task RegisterAsync(Uri url, CancellationToken stoppingToken)
    {
        var last = "";
        for (var pause = s_firstPause; ; pause = pause * 2 < s_longestPause ? pause * 2 : s_longestPause)
        {
            string? problem;
            try
            {
                problem = await handler.RegisterAsync(url, stoppingToken);
            }
            catch (Exception exception) when (exception is HttpRequestException or IOException || (exception is OperationCanceledException && !stoppingToken.IsCancellationRequested))
            {
                problem = $"it cannot be reached ({exception.Message.TrimEnd('.')})";
            }

            if (problem is null)
            {
                logger.Registered(url);
                return;
            }

            if (problem != last)
                logger.NotRegistered(problem);

            last = problem;
            await Task.Delay(pause, time, stoppingToken);
        }
    }

    private Uri? Endpoint()
    {
        var address = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault();
        if (path.Value is null || address is null)
            return null;

        // A wildcard address is no host that anybody could call.
        var host = address.Replace("//[::]", "//localhost", StringComparison.Ordinal).Replace("//0.0.0.0", "//localhost", StringComparison.Ordinal)
            .Replace("//+", "//localhost", StringComparison.Ordinal).Replace("//*", "//localhost", StringComparison.Ordinal);
        return new Uri(new Uri(host), path.Value);
    }
}
