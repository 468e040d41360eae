using Stepwell.Protocol.Ids;

namespace Stepwell.Executor.Runs;

/// <summary>Which call an answer belongs to.</summary>
/// <param name="Item">The step that was called for, or discovery.</param>
/// <param name="Number">The number of the discovery; 0 for a step.</param>
/// <param name="Attempt">The attempt, from 0.</param>
/// <param name="Seen">How many settled steps the call carried.</param>
/// <param name="Dispatch">The dispatch of the discovery; 0 for a step.</param>
public sealed record CallKey(StepKey Item, int Number, int Attempt, int Seen, int Dispatch = 0);
