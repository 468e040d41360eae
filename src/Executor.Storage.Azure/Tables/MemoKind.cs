namespace Stepwell.Executor.Storage.Azure.Tables;

/// <summary>The kinds of memos. Stored as numbers: append only.</summary>
internal enum MemoKind
{
    Data = 0,
    Error = 1,
    Bare = 2,
}
