using System.Collections.Immutable;
using Stepwell.Executor.Runs;
using Stepwell.Protocol.Ids;

namespace Stepwell.Executor.Operations;

/// <summary>The body of a message in the work queue: "look at these items of this run".</summary>
/// <param name="Id">The message that the items know as their holder; every sent copy carries the same id.</param>
/// <param name="Run">The run.</param>
/// <param name="Items">Discovery or steps, at most <see cref="Hint.MaxItems"/>.</param>
/// <param name="Fresh">Whether it is the first copy of the message that starts a run: only that one owns the claim that was written with the run.</param>
/// <param name="Held">Whether the run was named by another message, as one that its executor works on itself: whoever receives this one takes over from somebody who may have begun.</param>
public sealed record WorkMessage(MessageId Id, RunId Run, ImmutableArray<StepKey> Items, bool Fresh = false, bool Held = false);
