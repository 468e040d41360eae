namespace Stepwell.Executor.Ports;

/// <summary>What came of creating a run.</summary>
public abstract record CreateRunOutcome
{
    private CreateRunOutcome() { }

    public sealed record Created : CreateRunOutcome;

    /// <summary>A run of this id exists; nothing was changed.</summary>
    public sealed record Exists(DateTimeOffset CreatedAt) : CreateRunOutcome;
}
