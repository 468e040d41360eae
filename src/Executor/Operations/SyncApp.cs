using System.Text.Json;
using Microsoft.Extensions.Logging;
using Stepwell.Executor.Ports;
using Stepwell.Protocol;

namespace Stepwell.Executor.Operations;

/// <summary>Takes up an app's registration.</summary>
public sealed class SyncApp(IAppStore apps, AppDirectory directory, TimeProvider time, ILogger<SyncApp> logger)
{
    /// <summary>Returns whether it differs from what was registered; if not, nothing is written.</summary>
    /// <exception cref="RefusedException">Something is wrong with the registration; the earlier one stays.</exception>
    public async Task<bool> RegisterAsync(ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        var app = RegistrationReading.Read(body, time.GetUtcNow());
        var registered = (await apps.ListAsync(cancellationToken)).FirstOrDefault(other => other.Id == app.Id);
        if (registered is not null && Text(registered) == Text(app))
            return false;

        await apps.SaveAsync(app, cancellationToken);
        directory.Forget();
        logger.Registered(app.Id, app.Functions.Length, app.Url);
        foreach (var function in app.Functions)
        {
            foreach (var setting in NotYetServed.Ignored(function))
                logger.SettingIgnored(function.Id, setting);
        }

        return true;
    }

    private static string Text(RegisteredApp app) =>
        $"{app.Url}\n{app.Sdk}\n{app.Framework}\n{string.Join('\n', app.Functions.Select(function => JsonSerializer.Serialize(function, ProtocolJson.Default.FunctionConfig)))}";
}
