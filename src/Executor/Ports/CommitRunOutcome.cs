namespace Stepwell.Executor.Ports;

/// <summary>What came of a commit.</summary>
public abstract record CommitRunOutcome
{
    private CommitRunOutcome() { }

    public sealed record Committed(RunVersion Version) : CommitRunOutcome;

    /// <summary>Somebody else changed the run since that version; nothing of this commit can be seen.</summary>
    public sealed record Conflict : CommitRunOutcome;

    public sealed record NotFound : CommitRunOutcome;
}
