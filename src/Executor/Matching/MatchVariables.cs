using System.Collections.Immutable;

namespace Stepwell.Executor.Matching;

/// <summary>The variables that the expressions of the protocol may name, in the order in which <see cref="MatchInput"/> holds their values.</summary>
public static class MatchVariables
{
    internal const string EventName = "event";
    internal const string AsyncName = "async";

    /// <summary>Triggers, keys and priorities: the event.</summary>
    public static readonly ImmutableArray<string> Event = [EventName];

    /// <summary>Waits, cancelOn and batch conditions: the run's first event, and the one that came in.</summary>
    public static readonly ImmutableArray<string> EventAndAsync = [EventName, AsyncName];
}
