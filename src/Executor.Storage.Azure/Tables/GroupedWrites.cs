using Azure;
using Azure.Data.Tables;

namespace Stepwell.Executor.Storage.Azure.Tables;

/// <summary>
/// Writes single rows of one partition in groups: while a transaction is under way, what comes in meanwhile gathers, and goes out together in the next. Nobody
/// waits for others to come. What nobody waits for goes out with what others wait for, or alone after a while.
/// </summary>
internal sealed class GroupedWrites : IDisposable
{
    private const int MaxRows = 100;

    // Rows that nobody waits for make a transaction that somebody waits for only a little longer.
    private const int MostAlong = 20;
    private const int MostLater = 50;

    private static readonly TimeSpan s_later = TimeSpan.FromSeconds(5);

    private readonly Func<IReadOnlyList<TableTransactionAction>, Task> _submit;
    private readonly Action<Exception> _onLost;
    private readonly ITimer _timer;
    private readonly Lock _lock = new();
    private readonly LinkedList<Write> _waiting = [];
    private readonly Dictionary<string, TableTransactionAction> _later = [];
    private bool _writing;

    /// <param name="submit">Writes rows as one transaction: 1 to 100, no two of the same key.</param>
    /// <param name="time">The clock.</param>
    /// <param name="onLost">Is told why rows were not written that nobody waited for.</param>
    public GroupedWrites(Func<IReadOnlyList<TableTransactionAction>, Task> submit, TimeProvider time, Action<Exception> onLost)
    {
        (_submit, _onLost) = (submit, onLost);
        _timer = time.CreateTimer(static writes => _ = ((GroupedWrites)writes!).FlushAsync(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Returns when the rows are written, not necessarily at once. Deleting a row that is not there is no error.</summary>
    public Task WriteAsync(IEnumerable<TableTransactionAction> actions)
    {
        var writes = actions.Select(action => new Write(action)).ToList();
        bool begins;
        lock (_lock)
        {
            foreach (var write in writes)
            {
                _waiting.AddLast(write);
                // It came before, and would undo this one.
                _later.Remove(write.Action.Entity.RowKey);
            }

            begins = !_writing;
            _writing = true;
        }

        // Its errors go to those who wait.
        if (begins)
            _ = WriteAllAsync();

        return Task.WhenAll(writes.Select(write => write.Done.Task));
    }

    /// <summary>Writes a row before long; one that fails is not tried again.</summary>
    public void WriteLater(TableTransactionAction action)
    {
        bool isFull;
        lock (_lock)
        {
            _later[action.Entity.RowKey] = action;
            isFull = _later.Count >= MostLater;
            if (_later.Count == 1)
                _timer.Change(s_later, Timeout.InfiniteTimeSpan);
        }

        if (isFull)
            _ = FlushAsync();
    }

    /// <summary>Writes what nobody waits for.</summary>
    public async Task FlushAsync()
    {
        List<TableTransactionAction> actions;
        lock (_lock)
        {
            actions = [.. _later.Values];
            _later.Clear();
        }

        try
        {
            await WriteAsync(actions);
        }
        catch (Exception exception)
        {
            _onLost(exception);
        }
    }

    public void Dispose() => _timer.Dispose();

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
            await _submit([.. group.Select(write => write.Action)]);
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
            if (_writing)
                group.AddRange(Along(Math.Min(MostAlong, MaxRows - group.Count), keys));

            return group;
        }
    }

    /// <summary>Takes some of the rows that nobody waits for.</summary>
    private List<Write> Along(int most, HashSet<string> keys)
    {
        var along = _later.Where(later => !keys.Contains(later.Key)).Take(most).ToList();
        along.ForEach(later => _later.Remove(later.Key));
        return along.ConvertAll(later =>
        {
            var write = new Write(later.Value);
            _ = TellLostAsync(write.Done.Task);
            return write;
        });
    }

    private async Task TellLostAsync(Task written)
    {
        try
        {
            await written;
        }
        catch (Exception exception)
        {
            _onLost(exception);
        }
    }

    private sealed record Write(TableTransactionAction Action)
    {
        public bool IsDelete => Action.ActionType == TableTransactionActionType.Delete;

        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
