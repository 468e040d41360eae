using System.Collections.Immutable;
using Stepwell.Executor.Ports;

namespace Stepwell.Executor.Operations;

/// <summary>What becomes of functions that a later registration no longer names.</summary>
public static class Archiving
{
    /// <summary>The app as it registers now, with the functions archived that it had before and has no more. What registers again is archived no longer.</summary>
    public static RegisteredApp Succeed(RegisteredApp? before, RegisteredApp now)
    {
        if (before is null)
            return now;

        var registered = now.Functions.Select(function => function.Id).ToHashSet(StringComparer.Ordinal);
        var gone = before.Functions.Where(function => !registered.Contains(function.Id)).Select(function => new ArchivedFunction(function.Id, now.RegisteredAt)).ToList();
        var ids = gone.Select(function => function.Id).ToHashSet(StringComparer.Ordinal);
        var earlier = before.Archived.Where(function => !registered.Contains(function.Id) && !ids.Contains(function.Id));
        return now with { Archived = [.. earlier, .. gone] };
    }

    /// <summary>The apps that another app has taken the place of, as it registers at their very URL under another id: all of their functions are archived.</summary>
    public static ImmutableArray<RegisteredApp> Displaced(IEnumerable<RegisteredApp> apps, RegisteredApp by) =>
    [
        .. apps.Where(app => app.Id != by.Id && !app.Functions.IsEmpty && Place(app.Url) == Place(by.Url))
            .Select(app => Succeed(app, app with { Functions = [], Archived = [], RegisteredAt = by.RegisteredAt })),
    ];

    /// <summary>The URL without the id of the deployment, which SDKs leave in it.</summary>
    private static string Place(string url)
    {
        var uri = new Uri(url);
        var query = uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Where(part => !part.StartsWith("deployId=", StringComparison.Ordinal));
        return $"{uri.GetLeftPart(UriPartial.Path)}?{string.Join('&', query)}";
    }
}
