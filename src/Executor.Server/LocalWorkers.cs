using Stepwell.Executor.Ports;

namespace Stepwell.Executor.Server;

/// <summary>The workers of the pump: so many messages are worked on at a time, received ones and those of runs that start here.</summary>
/// <param name="count">How many.</param>
internal sealed class LocalWorkers(int count) : ILocalWorkers, IDisposable
{
    private readonly SemaphoreSlim _free = new(count);
    private volatile Action<ReadRunOutcome.Found>? _begin;
    private CancellationToken _stopping;

    /// <summary>From now on workers can be taken, and begin so, until the process stops. Before that nobody works here.</summary>
    public void Open(Action<ReadRunOutcome.Found> begin, CancellationToken stopping)
    {
        _stopping = stopping;
        _begin = begin;
    }

    public bool TryTake() => _begin is not null && !_stopping.IsCancellationRequested && _free.Wait(TimeSpan.Zero, CancellationToken.None);

    public void Work(ReadRunOutcome.Found created) => _begin!(created);

    public void Release() => Release(1);

    /// <summary>Takes a worker as soon as one is free.</summary>
    public Task TakeAsync(CancellationToken cancellationToken) => _free.WaitAsync(cancellationToken);

    /// <summary>Gives back so many.</summary>
    public void Release(int many) => _free.Release(many);

    public void Dispose() => _free.Dispose();

    /// <summary>Takes all workers, each as soon as it is free: then nothing is worked on any more.</summary>
    public async Task TakeAllAsync()
    {
        for (var i = 0; i < count; i++)
            await _free.WaitAsync(CancellationToken.None);
    }
}
