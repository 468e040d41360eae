namespace Stepwell.Executor.Matching;

/// <summary>A function of the language. A method's first argument is what stands before the dot; of fewer than two arguments the rest are null.</summary>
internal delegate MatchValue BuiltIn(MatchValue first, MatchValue second, Evaluation evaluation);
