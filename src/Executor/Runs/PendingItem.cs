using Stepwell.Protocol.Ids;

namespace Stepwell.Executor.Runs;

/// <summary>Something that a run has still to do.</summary>
/// <param name="Key">Discovery, or the step.</param>
/// <param name="Due">When it is to be looked at.</param>
/// <param name="Holder">The message that looks at it.</param>
/// <param name="Origin">The message under whose handling it came to be.</param>
public sealed record PendingItem(StepKey Key, DateTimeOffset Due, MessageId Holder, MessageId Origin);
