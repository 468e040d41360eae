using Stepwell.Executor.Matching;

namespace Stepwell.Executor.Operations;

/// <summary>What starts a function: an event, and the condition on it if there is one.</summary>
/// <param name="Function">The function.</param>
/// <param name="Condition">An expression over <c>event</c>; null or empty always holds.</param>
internal sealed record EventTrigger(RegisteredFunction Function, string? Condition)
{
    /// <summary>Whether the condition holds. What cannot be read or evaluated does not.</summary>
    public bool Holds(Lazy<MatchInput> input) =>
        string.IsNullOrEmpty(Condition)
        || (MatchExpression.TryParse(Condition, MatchVariables.Event, out var expression, out _) && expression.IsTrue(input.Value));
}
