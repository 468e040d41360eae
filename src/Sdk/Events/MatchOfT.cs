namespace Stepwell.Sdk;

/// <summary>Which events of a type end a wait; made by <see cref="Match"/>.</summary>
public sealed class Match<TEvent>
{
    private readonly Func<StepJson, string> _condition;

    internal Match(Func<StepJson, string> condition) => _condition = condition;

    internal string Condition(StepJson json) => _condition(json);
}
