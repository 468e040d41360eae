using System.Collections.Immutable;

namespace Stepwell.Executor.Runs;

/// <summary>What follows from a fact: the next run, and what to send once it is committed. The same run object means that the fact changed nothing.</summary>
public sealed record Decision(Run Run, ImmutableArray<Hint> Hints);
