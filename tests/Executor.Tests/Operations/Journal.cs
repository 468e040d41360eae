namespace Stepwell.Executor.Tests.Operations;

/// <summary>What happened, in order, and a way to await that something has.</summary>
internal sealed class Journal
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(20);

    private readonly Lock _lock = new();
    private readonly List<string> _lines = [];
    private TaskCompletionSource _changed = NewSource();

    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_lock)
                return [.. _lines];
        }
    }

    public int Count(string line) => Lines.Count(one => one == line);

    /// <summary>The lines that are among those, in order.</summary>
    public IEnumerable<string> Only(params string[] lines) => Lines.Where(line => lines.Contains(line));

    public void Write(string line)
    {
        TaskCompletionSource changed;
        lock (_lock)
        {
            _lines.Add(line);
            (changed, _changed) = (_changed, NewSource());
        }

        changed.SetResult();
    }

    public void Clear()
    {
        lock (_lock)
            _lines.Clear();
    }

    public Task UntilAsync(string line, int times = 1) => UntilAsync(lines => lines.Count(one => one == line) >= times, $"{times} of '{line}'");

    public async Task UntilAsync(Func<IReadOnlyList<string>, bool> condition, string expected)
    {
        using var deadline = new CancellationTokenSource(s_deadline);
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                if (condition(_lines))
                    return;

                changed = _changed.Task;
            }

            try
            {
                await changed.WaitAsync(deadline.Token);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"Expected {expected}, but this happened: {string.Join(", ", Lines)}.");
            }
        }
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
