using Stepwell.Bench.Results;
using Stepwell.Executor.Storage.Azure;

namespace Stepwell.Bench.Scaling;

/// <summary>What one run asks of the storage, as it was counted while many of them were under way.</summary>
/// <param name="Steps">How many steps it has.</param>
/// <param name="Requests">All requests.</param>
/// <param name="Messages">Messages put, rewritten, received and deleted.</param>
internal sealed record Load(double Steps, double Requests, double Messages)
{
    // How the tables are laid out: a run has one row in the live index, which is written and deleted, in one of four partitions; and the event that started it
    // has one row in one of the four of its hour.
    private const double LiveRows = 2;
    private const double LivePartitions = 4;
    private const double EventRows = 1;
    private const double EventPartitions = 4;

    public static Load Of(Cost cost)
    {
        double Count(RequestKind kind) => cost.Requests.GetValueOrDefault(kind) / (double)cost.Runs;

        // A run that did not start where its event came in was read by whoever received its message; one request receives up to 32.
        var received = Math.Max(0, Count(RequestKind.TableRead));
        return new Load(cost.Steps / (double)cost.Runs, cost.TransactionsPerRun, Count(RequestKind.QueuePut) + Count(RequestKind.QueueUpdate) + Count(RequestKind.QueueDelete) + received);
    }

    /// <summary>How many steps a second each limit lets through, with so many queues.</summary>
    public IReadOnlyList<(string Limit, double StepsPerSecond)> Ceilings(int shards) =>
    [
        ("requests of the account", StorageLimits.AccountRequests / Requests * Steps),
        ("messages of the queues", StorageLimits.QueueMessages * shards / Messages * Steps),
        ("rows of the live index", StorageLimits.PartitionRows * LivePartitions / LiveRows * Steps),
        ("rows of events", StorageLimits.PartitionRows * EventPartitions / EventRows * Steps),
    ];

    /// <summary>The limit that is met first.</summary>
    public (string Limit, double StepsPerSecond) First(int shards) => Ceilings(shards).MinBy(ceiling => ceiling.StepsPerSecond);
}
