using System.Collections.Immutable;
using Stepwell.Bench.Executor;
using Stepwell.Executor.Storage.Azure;

namespace Stepwell.Bench.Results;

/// <summary>What work took in all.</summary>
/// <param name="Runs">How many runs it was, or of whatever it consisted.</param>
/// <param name="Steps">How many steps they had; 0 where that is beside the point.</param>
/// <param name="Requests">Storage transactions by kind.</param>
/// <param name="SentBytes">The bodies of these transactions.</param>
/// <param name="CpuMilliseconds">Processor time of the executor.</param>
/// <param name="PeakMemoryBytes">The executor's largest working set, the whole of the scenario included.</param>
internal sealed record Cost(int Runs, int Steps, ImmutableSortedDictionary<RequestKind, int> Requests, long SentBytes, double CpuMilliseconds, long PeakMemoryBytes)
{
    public double TransactionsPerRun => Requests.Values.Sum() / (double)Runs;

    public double? TransactionsPerStep => Steps == 0 ? null : Requests.Values.Sum() / (double)Steps;

    public static Cost Between(Counters before, Counters after, int runs, int steps)
    {
        var requests = after.Requests
            .Select(count => KeyValuePair.Create(count.Key, count.Value - before.Requests.GetValueOrDefault(count.Key)))
            .Where(count => count.Value > 0);
        return new Cost(runs, steps, requests.ToImmutableSortedDictionary(), after.SentBytes - before.SentBytes, after.CpuMilliseconds - before.CpuMilliseconds, after.PeakMemoryBytes);
    }
}
