using System.Reflection;

namespace Stepwell.Testing.FunctionsHost;

/// <summary>What a function is called for.</summary>
internal abstract record Trigger
{
    private Trigger() { }

    /// <summary>A request. Without methods: of any method.</summary>
    public sealed record Http(string Route, IReadOnlyList<string> Methods) : Trigger;

    /// <summary>A message of a queue.</summary>
    public sealed record Queue(string Name) : Trigger;

    /// <summary>A time: NCRONTAB, with seconds.</summary>
    public sealed record Timer(string Schedule) : Trigger;
}

/// <summary>A function of the app.</summary>
internal sealed record TriggeredFunction(string Name, MethodInfo Method, Trigger Trigger);
