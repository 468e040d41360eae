using System.Collections.Immutable;
using Stepwell.Executor.Ports;
using Stepwell.Protocol.Json;

namespace Stepwell.Executor.Tests.Operations;

/// <summary>States of flow control that cannot be written when the test says so, and lines that change when they are looked at or joined.</summary>
internal sealed class FailingGates(IGateStore gates) : IGateStore
{
    private TaskCompletionSource? _failed;
    private Func<Task>? _afterLook;
    private Func<Task>? _afterJoining;
    private Func<Task>? _beforeLeaving;
    private Func<Task>? _beforeWriting;

    /// <summary>Fails the next write. The task ends when that has happened.</summary>
    public Task FailNextAsync() => (_failed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    /// <summary>Has something happen between the next look at a line and what follows from it.</summary>
    public void AfterNextLook(Func<Task> happens) => _afterLook = happens;

    /// <summary>Has something happen when the next has joined a line, before its mark is made.</summary>
    public void AfterNextJoining(Func<Task> happens) => _afterJoining = happens;

    /// <summary>Has something happen before the next is taken from a line.</summary>
    public void BeforeNextLeaving(Func<Task> happens) => _beforeLeaving = happens;

    /// <summary>Has something happen before the next state is written.</summary>
    public void BeforeNextWriting(Func<Task> happens) => _beforeWriting = happens;

    public Task<StoredGate> ReadAsync(string key, CancellationToken cancellationToken) => gates.ReadAsync(key, cancellationToken);

    public async Task<bool> WriteAsync(string key, StoredGate before, RawJson state, CancellationToken cancellationToken)
    {
        await OnceAsync(ref _beforeWriting);
        if (Interlocked.Exchange(ref _failed, null) is not { } failed)
            return await gates.WriteAsync(key, before, state, cancellationToken);

        failed.SetResult();
        throw new IOException("the storage is down");
    }

    public async Task EnqueueAsync(string key, GateWaiter waiter, CancellationToken cancellationToken)
    {
        await gates.EnqueueAsync(key, waiter, cancellationToken);
        await OnceAsync(ref _afterJoining);
    }

    public async Task<ImmutableArray<GateWaiter>> FirstAsync(string key, int max, CancellationToken cancellationToken)
    {
        var first = await gates.FirstAsync(key, max, cancellationToken);
        await OnceAsync(ref _afterLook);
        return first;
    }

    public async Task DequeueAsync(string key, GateWaiter waiter, CancellationToken cancellationToken)
    {
        await OnceAsync(ref _beforeLeaving);
        await gates.DequeueAsync(key, waiter, cancellationToken);
    }

    private static Task OnceAsync(ref Func<Task>? what) => Interlocked.Exchange(ref what, null)?.Invoke() ?? Task.CompletedTask;
}
