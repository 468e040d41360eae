using System.Collections.Immutable;
using Stepwell.Protocol.Ids;

namespace Stepwell.Executor.Runs;

/// <summary>A step without a memo that failed inside a discovery, with the attempts made so far.</summary>
public sealed record RetriedStep(StepKey Key, string Name, ImmutableArray<AttemptRecord> Attempts);
