using Azure;
using Azure.Data.Tables;

namespace Stepwell.Executor.Storage.Azure.Tables;

/// <summary>
/// Writes single rows of one partition in groups: while a transaction is under way, what comes in meanwhile gathers, and goes out together in the next. Nobody
/// waits for others to come.
/// </summary>
/// <param name="submit">Writes rows as one transaction: 1 to 100, no two of the same key.</param>
internal sealed class GroupedWrites(Func<IReadOnlyList<TableTransactionAction>, Task> submit)
{
    private const int MaxRows = 100;

    private readonly Lock _lock = new();
    private readonly LinkedList<Write> _waiting = [];
    private bool _writing;

    /// <summary>Returns when the rows are written, not necessarily at once. Deleting a row that is not there is no error.</summary>
    public Task WriteAsync(IEnumerable<TableTransactionAction> actions)
    {
        var writes = actions.Select(action => new Write(action)).ToList();
        bool begins;
        lock (_lock)
        {
            writes.ForEach(write => _waiting.AddLast(write));
            begins = !_writing;
            _writing = true;
        }

        // Its errors go to those who wait.
        if (begins)
            _ = WriteAllAsync();

        return Task.WhenAll(writes.Select(write => write.Done.Task));
    }

    private async Task WriteAllAsync()
    {
        while (NextGroup() is { Count: > 0 } group)
        {
            if (await TryAsync(group))
                continue;

            // A row that is not there has made the others fail.
            await Task.WhenAll(group.Select(write => TryAsync([write])));
        }
    }

    /// <summary>Writes a group and tells those who wait. False when it is to be written row by row.</summary>
    private async Task<bool> TryAsync(List<Write> group)
    {
        try
        {
            await submit([.. group.Select(write => write.Action)]);
            group.ForEach(write => write.Done.SetResult());
        }
        catch (RequestFailedException missing) when (missing.Status == 404 && group.Count > 1)
        {
            return false;
        }
        catch (RequestFailedException missing) when (missing.Status == 404 && group[0].IsDelete)
        {
            group[0].Done.SetResult();
        }
        catch (Exception exception)
        {
            group.ForEach(write => write.Done.SetException(exception));
        }

        return true;
    }

    /// <summary>The next rows to write, in the order in which they came; one that is written now is not written twice in it.</summary>
    private List<Write> NextGroup()
    {
        lock (_lock)
        {
            var group = new List<Write>(Math.Min(_waiting.Count, MaxRows));
            var keys = new HashSet<string>();
            for (var node = _waiting.First; node is not null && group.Count < MaxRows;)
            {
                var next = node.Next;
                if (keys.Add(node.Value.Action.Entity.RowKey))
                {
                    group.Add(node.Value);
                    _waiting.Remove(node);
                }

                node = next;
            }

            _writing = group.Count > 0;
            return group;
        }
    }

    private sealed record Write(TableTransactionAction Action)
    {
        public bool IsDelete => Action.ActionType == TableTransactionActionType.Delete;

        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
