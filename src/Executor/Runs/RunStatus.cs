namespace Stepwell.Executor.Runs;

/// <summary>Where a run stands.</summary>
public enum RunStatus
{
    /// <summary>No call was answered yet.</summary>
    Scheduled,
    Running,
    Completed,
    Failed,
    Cancelled,

    /// <summary>It never started, because its function's settings did not let it.</summary>
    Skipped,
}
