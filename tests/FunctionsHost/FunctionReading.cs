using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Azure.Functions.Worker;

namespace Stepwell.Testing.FunctionsHost;

/// <summary>Finds the functions of an app by their attributes.</summary>
internal static partial class FunctionReading
{
    /// <exception cref="InvalidOperationException">An attribute cannot be used; the message says which and why, as the host's does when it indexes the functions.</exception>
    public static IReadOnlyList<TriggeredFunction> Read(Assembly assembly, IConfiguration settings)
    {
        var functions = assembly.GetTypes()
            .SelectMany(type => type.GetMethods())
            .Where(method => method.IsDefined(typeof(FunctionAttribute)))
            .Select(method => Of(method, settings))
            .ToList();
        if (functions.GroupBy(function => function.Name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new InvalidOperationException($"The function name '{twice.Key}' is taken twice.");

        return functions;
    }

    private static TriggeredFunction Of(MethodInfo method, IConfiguration settings)
    {
        var name = method.GetCustomAttribute<FunctionAttribute>()!.Name;
        var triggers = method.GetParameters().SelectMany(parameter => parameter.GetCustomAttributes()).Select(TriggerOf).OfType<Trigger>().ToList();
        return triggers is [var trigger]
            ? new TriggeredFunction(name, method, trigger)
            : throw new InvalidOperationException($"Function '{name}' has {triggers.Count} triggers; it must have one.");

        Trigger? TriggerOf(Attribute attribute) => attribute switch
        {
            HttpTriggerAttribute http => new Trigger.Http(http.Route ?? name, http.Methods ?? []),
            QueueTriggerAttribute queue => new Trigger.Queue(Resolved(queue.QueueName)),
            TimerTriggerAttribute timer => new Trigger.Timer(Resolved(timer.Schedule)),
            _ => null,
        };

        string Resolved(string text) => Setting().Replace(
            text, found => settings[found.Groups[1].Value] ?? throw new InvalidOperationException($"Error indexing function '{name}': '{found.Value}' does not resolve to a value."));
    }

    [GeneratedRegex("%([^%]+)%")]
    private static partial Regex Setting();
}
