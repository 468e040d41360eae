using System.Collections.Immutable;

namespace Stepwell.Executor.Ports;

/// <summary>The live runs, ordered by when the sweep is to look at them. It may lag behind the runs; the sweep mends it.</summary>
public interface ILiveIndex
{
    /// <summary>Writes rows; rows that are there already stay.</summary>
    Task AddAsync(ImmutableArray<LiveEntry> entries, CancellationToken cancellationToken);

    /// <summary>Moves a run's row to another time; a missing old row is no error.</summary>
    Task MoveAsync(LiveEntry entry, DateTimeOffset checkAt, CancellationToken cancellationToken);

    /// <summary>Removes a row; a missing one is no error.</summary>
    Task RemoveAsync(LiveEntry entry, CancellationToken cancellationToken);

    /// <summary>Removes a row that is needed no more, some seconds later, together with others. It may stay, if the process dies or storage fails: then the sweep removes it.</summary>
    void RemoveSoon(LiveEntry entry);

    /// <summary>The rows whose time has come, earliest first, at most <paramref name="max"/> (1 to 1,000).</summary>
    Task<ImmutableArray<LiveEntry>> DueAsync(DateTimeOffset now, int max, CancellationToken cancellationToken);

    /// <summary>All rows, in no order. One that is moved meanwhile may come twice, or not at all.</summary>
    IAsyncEnumerable<LiveEntry> AllAsync(CancellationToken cancellationToken);
}
