using System.Collections.Immutable;
using Stepwell.Executor.Storage.Azure;

namespace Stepwell.Bench.Executor;

/// <summary>What an executor has used since it started.</summary>
/// <param name="Requests">The requests to storage by kind, without the kinds that never occurred.</param>
/// <param name="SentBytes">The bodies of these requests.</param>
/// <param name="CpuMilliseconds">The processor time of all threads.</param>
/// <param name="PeakMemoryBytes">The largest working set so far.</param>
internal sealed record Counters(ImmutableSortedDictionary<RequestKind, int> Requests, long SentBytes, double CpuMilliseconds, long PeakMemoryBytes)
{
    public int Total => Requests.Values.Sum();

    /// <summary>Without the looks at the queue, which go on when nothing happens.</summary>
    public int Caused => Total - Requests.GetValueOrDefault(RequestKind.QueueGet);
}
