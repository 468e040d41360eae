namespace Stepwell.Sdk.Replay;

/// <summary>Where the function's continuations run, one at a time. It knows when the function stands still.</summary>
internal sealed class Pump : SynchronizationContext
{
    private readonly Queue<(SendOrPostCallback Callback, object? State)> _posted = new();
    private TaskCompletionSource _signal = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public override void Post(SendOrPostCallback d, object? state)
    {
        lock (_posted)
        {
            _posted.Enqueue((d, state));
            _signal.TrySetResult();
        }
    }

    public override void Send(SendOrPostCallback d, object? state) =>
        throw new NotSupportedException("A durable function may not block on the thread of its own continuations. Await instead.");

    public override SynchronizationContext CreateCopy() => this;

    /// <summary>Wakes whoever waits, without work: a step was found on another thread.</summary>
    public void Wake()
    {
        lock (_posted)
            _signal.TrySetResult();
    }

    /// <summary>Runs something as the function's own code does.</summary>
    public void Run(Action action) => With(this, action);

    /// <summary>What nobody awaited and nobody caught: the exception of an <c>async void</c> method of the function.</summary>
    public Exception? Escaped { get; private set; }

    /// <summary>Runs all that was posted, and what that posts. Returns whether there was anything.</summary>
    public bool Drain()
    {
        var any = false;
        while (Escaped is null && TryTake(out var next))
        {
            any = true;
            With(this, () => Run(next.Callback, next.State));
        }

        return any;
    }

    /// <summary>Runs something with no context set, so that continuations are posted where they were captured, and run inline where they were not.</summary>
    public static void RunBare(Action action) => With(null, action);

    /// <summary>A task that completes at the next post or wake from now on. It is taken before looking, so that nothing is missed in between.</summary>
    public Task Arm()
    {
        lock (_posted)
        {
            if (_signal.Task.IsCompleted)
                _signal = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

            return _posted.Count > 0 ? Task.CompletedTask : _signal.Task;
        }
    }

    private void Run(SendOrPostCallback callback, object? state)
    {
        try
        {
            callback(state);
        }
        catch (Exception exception)
        {
            Escaped = exception;
        }
    }

    private bool TryTake(out (SendOrPostCallback Callback, object? State) next)
    {
        lock (_posted)
            return _posted.TryDequeue(out next);
    }

    private static void With(SynchronizationContext? context, Action action)
    {
        var before = Current;
        SetSynchronizationContext(context);
        try
        {
            action();
        }
        finally
        {
            SetSynchronizationContext(before);
        }
    }
}
