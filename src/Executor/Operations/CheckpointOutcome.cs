namespace Stepwell.Executor.Operations;

/// <summary>What came of a checkpoint.</summary>
public abstract record CheckpointOutcome
{
    private CheckpointOutcome() { }

    public sealed record Remembered : CheckpointOutcome;

    /// <summary>The call is not the run's present one: another took its place, or the run has ended. The app is to stop.</summary>
    public sealed record Superseded : CheckpointOutcome;

    public sealed record NotFound : CheckpointOutcome;
}
