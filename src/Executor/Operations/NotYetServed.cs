using Stepwell.Protocol.Json;
using Stepwell.Protocol.Registration;

namespace Stepwell.Executor.Operations;

/// <summary>
/// Settings that this version does not act on. Those that decide whether and how often a function runs are refused, because ignoring them
/// would run the wrong thing; those that only pace it are accepted and reported.
/// </summary>
internal static class NotYetServed
{
    public static void Check(string place, FunctionConfig function)
    {
        foreach (var trigger in function.Triggers ?? [])
        {
            if (trigger.Cron is { } cron)
                throw Refused($"{place}.triggers", $"the cron schedule '{cron}'");
        }

        Refuse(place, "batchEvents", function.BatchEvents);
        Refuse(place, "debounce", function.Debounce);
        Refuse(place, "rateLimit", function.RateLimit);
        Refuse(place, "singleton", function.Singleton);
        Refuse(place, "cancel", function.Cancel);
        if (!string.IsNullOrEmpty(function.Idempotency))
            throw Refused($"{place}.idempotency", $"the key '{function.Idempotency}'");
    }

    /// <summary>The settings of a function that are accepted and not acted on.</summary>
    public static IEnumerable<string> Ignored(FunctionConfig function)
    {
        if (function.Concurrency is not null)
            yield return "concurrency";

        if (function.Throttle is not null)
            yield return "throttle";

        if (function.Priority is not null)
            yield return "priority";

        if (function.Timeouts is not null)
            yield return "timeouts";
    }

    private static void Refuse(string place, string name, RawJson? settings)
    {
        if (settings is { IsNull: false } json && json.ToString() is not ("[]" or "{}"))
            throw Refused($"{place}.{name}", json.ToString());
    }

    private static RefusedException Refused(string place, string what) => new($"{place}: this version of the executor does not serve {what}.");
}
