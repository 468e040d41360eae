using System.Collections.Immutable;
using Stepwell.Executor.Ports;
using Stepwell.Protocol.Json;

namespace Stepwell.Executor.Tests.Operations;

/// <summary>States of flow control that cannot be written when the test says so.</summary>
internal sealed class FailingGates(IGateStore gates) : IGateStore
{
    private TaskCompletionSource? _failed;

    /// <summary>Fails the next write. The task ends when that has happened.</summary>
    public Task FailNextAsync() => (_failed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    public Task<StoredGate> ReadAsync(string key, CancellationToken cancellationToken) => gates.ReadAsync(key, cancellationToken);

    public Task<bool> WriteAsync(string key, StoredGate before, RawJson state, CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _failed, null) is not { } failed)
            return gates.WriteAsync(key, before, state, cancellationToken);

        failed.SetResult();
        throw new IOException("the storage is down");
    }

    public Task EnqueueAsync(string key, GateWaiter waiter, CancellationToken cancellationToken) => gates.EnqueueAsync(key, waiter, cancellationToken);

    public Task<ImmutableArray<GateWaiter>> FirstAsync(string key, int max, CancellationToken cancellationToken) => gates.FirstAsync(key, max, cancellationToken);

    public Task DequeueAsync(string key, GateWaiter waiter, CancellationToken cancellationToken) => gates.DequeueAsync(key, waiter, cancellationToken);
}
