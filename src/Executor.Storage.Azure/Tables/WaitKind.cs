namespace Stepwell.Executor.Storage.Azure.Tables;

/// <summary>What a step waits for. Stored as numbers: append only.</summary>
internal enum WaitKind
{
    Event = 0,
    Signal = 1,
    Child = 2,
}
