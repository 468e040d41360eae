using Stepwell.Executor.Ports;
using Stepwell.Protocol.Ids;

namespace Stepwell.Executor.Operations;

/// <summary>The registered apps, kept in memory for a short time. What this process registers it sees at once; others see it when their copy is old.</summary>
public sealed class AppDirectory(IAppStore store, TimeProvider time, EngineOptions options)
{
    private static readonly TimeSpan s_missAge = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private volatile Copy? _copy;
    private int _readings;

    // Readings up to this one are older than the copy, or than what was registered here.
    private int _past;

    public ValueTask<AppSnapshot> CurrentAsync(CancellationToken cancellationToken) => CurrentAsync(options.DirectoryAge, cancellationToken);

    /// <summary>The apps as they were so long ago at most, or newer where that costs nothing.</summary>
    public async ValueTask<AppSnapshot> CurrentAsync(TimeSpan age, CancellationToken cancellationToken) =>
        _copy is { } copy && Age(copy) < age ? copy.Apps : await ReadAsync(cancellationToken);

    /// <summary>The apps for events of these names. When one of them starts nothing in a copy older than a second, they are read once more: its function may just have registered.</summary>
    public async ValueTask<AppSnapshot> ForEventsAsync(IEnumerable<string> names, CancellationToken cancellationToken)
    {
        var apps = await CurrentAsync(cancellationToken);
        return names.All(apps.IsTrigger) ? apps : await CurrentAsync(s_missAge, cancellationToken);
    }

    /// <summary>Finds a function; what is missing in a copy older than a second is looked for once more, as it may just have registered.</summary>
    public async ValueTask<RegisteredFunction?> FindAsync(FunctionId id, CancellationToken cancellationToken)
    {
        var found = (await CurrentAsync(cancellationToken)).Find(id);
        if (found is not null || (_copy is { } copy && Age(copy) < s_missAge))
            return found;

        return (await ReadAsync(cancellationToken)).Find(id);
    }

    /// <summary>All apps as they are stored at this moment, for what cannot be taken back.</summary>
    public ValueTask<AppSnapshot> NewestAsync(CancellationToken cancellationToken) => ReadAsync(cancellationToken);

    /// <summary>Forgets the copy: somebody registered here.</summary>
    public void Forget()
    {
        lock (_lock)
        {
            _past = _readings;
            _copy = null;
        }
    }

    private async ValueTask<AppSnapshot> ReadAsync(CancellationToken cancellationToken)
    {
        var read = time.GetUtcNow();
        var number = Interlocked.Increment(ref _readings);
        var apps = new AppSnapshot(await store.ReadAsync(cancellationToken));
        lock (_lock)
        {
            if (number > _past)
                (_past, _copy) = (number, new Copy(apps, read));
        }

        return apps;
    }

    private TimeSpan Age(Copy copy) => time.GetUtcNow() - copy.ReadAt;

    private sealed record Copy(AppSnapshot Apps, DateTimeOffset ReadAt);
}
