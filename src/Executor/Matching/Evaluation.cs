using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Stepwell.Executor.Matching;

/// <summary>One evaluation: what it reads, and how much it may still do.</summary>
internal sealed class Evaluation(MatchInput input)
{
    private long _left = ExpressionLimits.Work;

    public DateTimeOffset Now => input.Now;

    /// <summary>Whether the work is used up. What is computed from then on is thrown away.</summary>
    public bool Exhausted => _left < 0;

    public JsonElement Variable(int index) => index < input.Values.Length ? input.Values[index] : default;

    /// <summary>Takes units of work; false when there are none left, or when values nest too deep for what is left of the stack.</summary>
    public bool Spend(long units)
    {
        _left = RuntimeHelpers.TryEnsureSufficientExecutionStack() && !Exhausted ? _left - units : -1;
        return _left >= 0;
    }

    public bool SpendText(int length) => Spend(1 + (length / 64));
}
