using Stepwell.Executor.FlowControl;
using Stepwell.Executor.Matching;
using Stepwell.Protocol;
using Stepwell.Protocol.Ids;
using Stepwell.Protocol.Registration;

namespace Stepwell.Executor.Operations;

/// <summary>What a registered function must be like.</summary>
internal static class FunctionRules
{
    private const int MaxTriggerNameLength = 255;

    public static void Check(int index, FunctionConfig function)
    {
        var place = $"functions[{index}]";
        if (!FunctionId.TryParse(function.Id, out _))
            throw new RefusedException($"{place}.id is '{function.Id}'; it must have 1 to 255 characters.");

        place = $"{place} ('{function.Id}')";
        if (string.IsNullOrWhiteSpace(function.Name))
            throw new RefusedException($"{place}.name is missing or empty.");

        // A function that is only invoked has none, and says so.
        CheckTriggers(place, function.Triggers ?? throw new RefusedException($"{place}.triggers is missing; a function that only others invoke has an empty list."));
        CheckEndpoint(place, function);
        try
        {
            FunctionSettings.Read(function);
            CronSchedule.ReadAll(function);
        }
        catch (SettingProblemException problem)
        {
            throw new RefusedException($"{place}.{problem.Message}.");
        }
    }

    private static void CheckTriggers(string place, IReadOnlyList<TriggerConfig> triggers)
    {
        if (triggers.Count > ProtocolLimits.MaxTriggers)
            throw new RefusedException($"{place}.triggers has {triggers.Count} entries; the most is {ProtocolLimits.MaxTriggers}.");

        var seen = new HashSet<TriggerConfig>();
        for (var i = 0; i < triggers.Count; i++)
        {
            var trigger = triggers[i];
            var at = $"{place}.triggers[{i}]";
            if (trigger is null || string.IsNullOrWhiteSpace(trigger.Event) == string.IsNullOrWhiteSpace(trigger.Cron))
                throw new RefusedException($"{at} must name either an event or a cron schedule.");

            if (trigger.Event is { } name)
                CheckEventName(at, name);

            if (!string.IsNullOrEmpty(trigger.Expression) && !MatchExpression.TryParse(trigger.Expression, MatchVariables.Event, out _, out var problem))
                throw new RefusedException($"{at}.expression is '{trigger.Expression}': {problem}.");

            if (!seen.Add(trigger))
                throw new RefusedException($"{at} repeats an earlier trigger ('{trigger.Event ?? trigger.Cron}').");
        }
    }

    private static void CheckEventName(string at, string name)
    {
        if (name.Length > MaxTriggerNameLength)
            throw new RefusedException($"{at}.event has {name.Length} characters; the limit is {MaxTriggerNameLength}.");

        var star = name.IndexOf('*', StringComparison.Ordinal);
        if (star >= 0 && (star != name.Length - 1 || star == 0 || name[star - 1] is not ('/' or '.')))
            throw new RefusedException($"{at}.event is '{name}'; '*' may stand only at the end, after '/' or '.'.");
    }

    private static void CheckEndpoint(string place, FunctionConfig function)
    {
        if (function.Steps is not { Count: 1 } steps || steps.Values.First() is not { } step)
            throw new RefusedException($"{place}.steps must hold exactly one endpoint.");

        var at = $"{place}.steps.{steps.Keys.First()}";
        if (step.Runtime is null || step.Runtime.Type != "http")
            throw new RefusedException($"{at}.runtime.type is '{step.Runtime?.Type}'; only 'http' is served.");

        UrlRule.Require($"{at}.runtime.url", step.Runtime.Url);
        if (step.Retries is { Attempts: < 0 or > ProtocolLimits.MaxRetries })
            throw new RefusedException($"{at}.retries.attempts is {step.Retries!.Attempts}; it must be 0 to {ProtocolLimits.MaxRetries}.");
    }
}
