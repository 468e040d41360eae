using System.Text.Json;
using Stepwell.Protocol;
using Stepwell.Protocol.Json;
using Stepwell.Protocol.Registration;

namespace Stepwell.Executor.Operations;

/// <summary>Every duration in a function's settings must be one.</summary>
internal static class DurationRules
{
    public static void Check(string place, FunctionConfig function)
    {
        Members($"{place}.rateLimit", function.RateLimit, "period");
        Members($"{place}.throttle", function.Throttle, "period");
        Members($"{place}.debounce", function.Debounce, "period", "timeout");
        Members($"{place}.batchEvents", function.BatchEvents, "timeout");
        Members($"{place}.timeouts", function.Timeouts, "start", "finish");
        Members($"{place}.cancel", function.Cancel, "timeout");
        foreach (var trigger in function.Triggers ?? [])
        {
            if (trigger.Jitter is { } jitter && !TimeString.TryParseDuration(jitter, out _))
                throw Unknown($"{place}.triggers.jitter", jitter);
        }
    }

    private static void Members(string place, RawJson? settings, params ReadOnlySpan<string> names)
    {
        if (settings is not { IsNull: false } json)
            return;

        using var document = json.Parse();
        var root = document.RootElement;
        foreach (var name in names)
        {
            if (root.ValueKind == JsonValueKind.Array)
            {
                foreach (var one in root.EnumerateArray())
                    Member(place, one, name);
            }
            else
            {
                Member(place, root, name);
            }
        }
    }

    private static void Member(string place, JsonElement settings, string name)
    {
        if (settings.ValueKind != JsonValueKind.Object)
            throw new RefusedException($"{place} is {settings.GetRawText()}; it must be an object.");

        if (!settings.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
            return;

        if (value.ValueKind != JsonValueKind.String || !TimeString.TryParseDuration(value.GetString()!, out _))
            throw Unknown($"{place}.{name}", value.ToString());
    }

    private static RefusedException Unknown(string place, string value) =>
        new($"{place} is '{value}', which is no duration; write for example '30s', '5m', '1d2h30m'.");
}
