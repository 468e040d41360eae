using System.Globalization;
using Microsoft.Extensions.Configuration;
using Stepwell.Executor.Operations;

namespace Stepwell.Executor.Functions;

/// <summary>What the executor has to know of host.json, which the Functions host reads for itself.</summary>
/// <param name="Timeout">After so long the host ends a function, and with it the process; null: never.</param>
/// <param name="MostDeliveries">After so many deliveries the host gives a message up.</param>
/// <param name="Encoding">How the host takes the bodies of messages to be written: <c>none</c> or <c>base64</c>.</param>
public sealed record HostJson(TimeSpan? Timeout, int MostDeliveries, string Encoding)
{
    // Those of the Functions host, on a Consumption plan.
    private static readonly HostJson s_defaults = new(TimeSpan.FromMinutes(5), 5, "base64");

    // For the last commits.
    private static readonly TimeSpan s_reserve = TimeSpan.FromSeconds(20);

    /// <summary>Reads the file, over which settings of the app go that begin with <c>AzureFunctionsJobHost__</c>, as they do for the host.</summary>
    public static HostJson Read(string path, IConfiguration settings)
    {
        var file = new ConfigurationBuilder().AddJsonFile(path, optional: true).Build();
        var timeout = Value("functionTimeout");
        return new HostJson(
            timeout is null ? s_defaults.Timeout : timeout == "-1" ? null : TimeSpan.Parse(timeout, CultureInfo.InvariantCulture),
            int.Parse(Value("extensions:queues:maxDequeueCount") ?? $"{s_defaults.MostDeliveries}", CultureInfo.InvariantCulture),
            Value("extensions:queues:messageEncoding") ?? s_defaults.Encoding);

        string? Value(string key) => settings[$"AzureFunctionsJobHost:{key}"] ?? file[key];
    }

    /// <summary>
    /// The options with which the engine keeps within what the host allows: half of a function's time is for going on, the other half for the last call; and messages are sent anew
    /// long before the host counts too many deliveries.
    /// </summary>
    public EngineOptions Bound(EngineOptions options)
    {
        var bound = options with { MostDeliveries = Math.Max(1, MostDeliveries / 2) };
        if (Timeout is not { } timeout)
            return bound;

        var half = (timeout - s_reserve) / 2;
        return bound with { TimeBudget = half < bound.TimeBudget ? half : bound.TimeBudget, CallTimeout = half < bound.CallTimeout ? half : bound.CallTimeout };
    }
}
