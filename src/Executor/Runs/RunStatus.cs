namespace Stepwell.Executor.Runs;

/// <summary>Where a run stands.</summary>
public enum RunStatus
{
    /// <summary>Not called yet.</summary>
    Scheduled,
    Running,
    Completed,
    Failed,
    Cancelled,
}
