namespace Stepwell.Executor.Ports;

/// <summary>What came of creating a run.</summary>
public abstract record CreateRunOutcome
{
    private CreateRunOutcome() { }

    /// <summary>It was created, and can be changed as this version.</summary>
    public sealed record Created(RunVersion Version) : CreateRunOutcome;

    /// <summary>A run of this id exists; nothing was changed.</summary>
    public sealed record Exists(DateTimeOffset CreatedAt) : CreateRunOutcome;
}
