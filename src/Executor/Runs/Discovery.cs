using Stepwell.Protocol.Ids;

namespace Stepwell.Executor.Runs;

/// <summary>The one open call of the function itself.</summary>
public sealed record Discovery
{
    /// <summary>Counts the discoveries of the run from 0, so that a late answer is told from the present one's.</summary>
    public required int Number { get; init; }

    /// <summary>Whether it only asks if the function has returned; whatever else is to be called for takes its place.</summary>
    public bool AsksForEnd { get; init; }

    /// <summary>What its call asks for.</summary>
    public StepKey Key => AsksForEnd ? StepKey.Returned : StepKey.Discovery;

    /// <summary>The attempt that comes next or is being made, from 0.</summary>
    public required int Attempt { get; init; }

    /// <summary>
    /// Counts its dispatches from 0: each attempt and each taking over by another message is one. Whoever took it over runs the same steps again and may come to
    /// other values, so nothing of an earlier dispatch is heard.
    /// </summary>
    public int Dispatch { get; init; }

    /// <summary>How many of its attempts count no longer, because a step was checkpointed since: each step has its attempts to itself.</summary>
    public int Forgiven { get; init; }

    /// <summary>The attempt that counts, from 0.</summary>
    public int CountedAttempt => Attempt - Forgiven;

    public required DateTimeOffset Due { get; init; }

    /// <summary>The message under whose handling it was opened.</summary>
    public required MessageId Origin { get; init; }

    /// <summary>The message that works on it.</summary>
    public required MessageId Holder { get; init; }

    /// <summary>The step that was run inside this discovery and failed, if one did: it is shown among the steps while it is retried.</summary>
    public RetriedStep? Retrying { get; init; }
}
