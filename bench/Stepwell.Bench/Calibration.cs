using System.Diagnostics;
using Azure.Data.Tables;
using Stepwell.Bench.Results;

namespace Stepwell.Bench;

/// <summary>How fast the storage is here and now: the median time of a transaction of two rows, in milliseconds. What is told in it does not depend on the machine.</summary>
internal sealed class Calibration(TableClient table)
{
    // Node compiles what it runs often: an Azurite that has just started is several times slower.
    private const int FirstWarmUp = 2_000;
    private const int WarmUp = 300;
    private const int Repetitions = 100;

    public static async Task<Calibration> CreateAsync(string storage, CancellationToken cancellationToken)
    {
        var table = new TableClient(storage, "calibration");
        await table.CreateIfNotExistsAsync(cancellationToken);
        var calibration = new Calibration(table);
        for (var i = 0; i < FirstWarmUp; i++)
            await calibration.WriteAsync(cancellationToken);

        return calibration;
    }

    public async Task<double> MeasureAsync(CancellationToken cancellationToken)
    {
        for (var i = 0; i < WarmUp; i++)
            await WriteAsync(cancellationToken);

        var values = new List<double>();
        for (var i = 0; i < Repetitions; i++)
            values.Add(await WriteAsync(cancellationToken));

        return Distribution.Of(values).Median;
    }

    private async Task<double> WriteAsync(CancellationToken cancellationToken)
    {
        var partition = Guid.NewGuid().ToString("N");
        var started = Stopwatch.GetTimestamp();
        // Keys of their own: among many rows of one key Azurite takes the longer the more there are.
        await table.SubmitTransactionAsync([Row(partition, $"state-{partition}"), Row(partition, $"step-{partition}")], cancellationToken);
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }

    private static TableTransactionAction Row(string partition, string row) =>
        new(TableTransactionActionType.Add, new TableEntity(partition, row) { ["Text"] = "about as long as a small state is" });
}
