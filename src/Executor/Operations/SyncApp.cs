using System.Text.Json;
using Microsoft.Extensions.Logging;
using Stepwell.Executor.Ports;
using Stepwell.Protocol;
using Stepwell.Protocol.Registration;

namespace Stepwell.Executor.Operations;

/// <summary>Takes up an app's registration.</summary>
public sealed class SyncApp(IAppStore apps, AppDirectory directory, TimeProvider time, ILogger<SyncApp> logger)
{
    /// <summary>Returns whether it differs from what was registered; if not, nothing is written.</summary>
    /// <exception cref="RefusedException">Something is wrong with the registration; the earlier one stays.</exception>
    public async Task<bool> RegisterAsync(RegisterRequest request, CancellationToken cancellationToken)
    {
        var app = RegistrationReading.Check(request, time.GetUtcNow());
        // Read by way of the directory, so that this process sees too what another has registered.
        var registered = (await directory.NewestAsync(cancellationToken)).Apps;
        var before = registered.FirstOrDefault(other => other.Id == app.Id);
        var displaced = Archiving.Displaced(registered, app);
        var changed = before is null || Text(before) != Text(app);
        if (!changed && displaced.IsEmpty)
            return false;

        // Of two registrations at the same time the later one counts. What only the earlier one had is then not archived: it was there for a
        // moment, and its runs fail after their retries.
        if (changed)
            await SaveAsync(Archiving.Succeed(before, app), cancellationToken);

        foreach (var gone in displaced)
            await SaveAsync(gone, cancellationToken);

        directory.Forget();
        return true;
    }

    private async Task SaveAsync(RegisteredApp app, CancellationToken cancellationToken)
    {
        await apps.SaveAsync(app, cancellationToken);
        logger.Registered(app.Id, app.Functions.Length, app.Url);
        foreach (var archived in app.Archived.Where(function => function.At == app.RegisteredAt))
            logger.Archived(archived.Id, app.Id);
    }

    private static string Text(RegisteredApp app) =>
        $"{app.Url}\n{app.Sdk}\n{app.Framework}\n{string.Join('\n', app.Functions.Select(function => JsonSerializer.Serialize(function, ProtocolJson.Default.FunctionConfig)))}";
}
