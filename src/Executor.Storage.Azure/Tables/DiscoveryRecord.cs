using Stepwell.Protocol.Ids;

namespace Stepwell.Executor.Storage.Azure.Tables;

/// <summary>The open discovery, inside the run's row.</summary>
internal sealed record DiscoveryRecord
{
    public int Number { get; init; }

    public bool AsksForEnd { get; init; }

    public int Attempt { get; init; }

    public int Dispatch { get; init; }

    public int Forgiven { get; init; }

    public DateTimeOffset Due { get; init; }

    public string Origin { get; init; } = "";

    public string Holder { get; init; } = "";

    public StepKey? RetriedKey { get; init; }

    public string? RetriedName { get; init; }

    public List<AttemptRow>? RetriedAttempts { get; init; }
}
