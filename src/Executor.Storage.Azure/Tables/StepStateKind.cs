namespace Stepwell.Executor.Storage.Azure.Tables;

/// <summary>The states of a step. Stored as numbers: append only.</summary>
internal enum StepStateKind
{
    Planned = 0,
    Sleeping = 1,
    Waiting = 2,
    Done = 3,
    Abandoned = 4,
}
