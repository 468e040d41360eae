namespace Stepwell.Executor.Matching;

/// <summary>A compiled expression, or a part of one.</summary>
internal delegate MatchValue Evaluator(Evaluation evaluation);
