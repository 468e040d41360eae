namespace Stepwell.Executor.Matching;

/// <summary>Why a text is no expression that we can run, and where; for the author of the expression.</summary>
/// <param name="Column">The place in the text, from 1, in UTF-16 code units; one past the end where something is missing there.</param>
/// <param name="Reason">What is wrong, without the place.</param>
/// <param name="Advice">What to do or what is known instead; empty when there is nothing to say.</param>
public sealed record ExpressionProblem(int Column, string Reason, string Advice = "")
{
    public override string ToString() => $"{Reason} at column {Column}{(Advice.Length == 0 ? "" : "; ")}{Advice}";
}
