using System.Collections.Immutable;
using Stepwell.Executor.Ports;

namespace Stepwell.EndToEnd.Tests.Server;

/// <summary>A queue whose answer to the first receiving comes when the test says so. It knows what has been deleted.</summary>
internal sealed class LateQueue : IWorkQueue
{
    private readonly TaskCompletionSource<ImmutableArray<Delivery>> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<Delivery> _deleted = [];

    public int Shards => 1;

    public Task Asked => _asked.Task;

    public IReadOnlyList<Delivery> Deleted => _deleted;

    public void Answer(Delivery delivery) => _answer.SetResult([delivery]);

    public Task<ImmutableArray<Delivery>> ReceiveAsync(int shard, int max, TimeSpan lease, CancellationToken cancellationToken)
    {
        _asked.TrySetResult();
        return _answer.Task.WaitAsync(cancellationToken);
    }

    public Task DeleteAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        _deleted.Add(delivery);
        return Task.CompletedTask;
    }

    public Task SendAsync(int shard, string body, TimeSpan delay, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<LeaseOutcome> RewriteAsync(Delivery delivery, string body, TimeSpan lease, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<Delivery> SendHeldAsync(int shard, string body, TimeSpan lease, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<LeaseOutcome> ExtendAsync(Delivery delivery, TimeSpan lease, CancellationToken cancellationToken) => throw new NotSupportedException();
}
