using System.Collections.Immutable;
using Stepwell.Protocol.Ids;

namespace Stepwell.Executor.Runs;

/// <summary>A message to send: "look at these items of the run", not before <paramref name="Due"/>.</summary>
public sealed record Hint(MessageId Id, ImmutableArray<StepKey> Items, DateTimeOffset Due)
{
    /// <summary>Most items of one message, so that other workers get their share.</summary>
    public const int MaxItems = 32;
}
