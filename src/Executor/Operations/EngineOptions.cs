using Stepwell.Protocol.Signing;

namespace Stepwell.Executor.Operations;

/// <summary>How the engine behaves. The defaults are those of production.</summary>
public sealed record EngineOptions
{
    /// <summary>For how long a claim and a message's lease last before they are renewed: 5 s to 10 min.</summary>
    public TimeSpan ClaimLength { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long one message may be worked on before the rest of its run goes back to the queue: 4 of the 5 minutes that a Consumption plan allows.</summary>
    public TimeSpan TimeBudget { get; init; } = TimeSpan.FromMinutes(4);

    /// <summary>How many calls of one run are made at a time under one message: 1 to 1,000.</summary>
    public int ParallelCalls { get; init; } = 100;

    /// <summary>What is due within this is waited for in process; the queue knows whole seconds only.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>For how long a commit waits for other calls of its run that are under way, so that they share it.</summary>
    public TimeSpan CommitLinger { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>Replaces the table of backoffs in development.</summary>
    public TimeSpan? RetryInterval { get; init; }

    /// <summary>The longest call of an app; longer ones are broken off and count as failed.</summary>
    public TimeSpan CallTimeout { get; init; } = TimeSpan.FromHours(2);

    /// <summary>How long calls under way may still take when the process stops; then they are broken off and given back.</summary>
    public TimeSpan StopGrace { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>
    /// How often a message may be received before it is put off as a new one: a host that counts the deliveries gives up what has too many of them, also when all went well.
    /// </summary>
    public int MostDeliveries { get; init; } = 50;

    /// <summary>How long after its end a run can still be read; null: for ever.</summary>
    public TimeSpan? Retention { get; init; } = TimeSpan.FromDays(30);

    /// <summary>Random numbers from 0 to 1, for the jitter of backoffs.</summary>
    public Func<double> NextJitter { get; init; } = Random.Shared.NextDouble;

    /// <summary>How long the registered apps are kept in memory before they are read again.</summary>
    public TimeSpan DirectoryAge { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The keys that calls are signed with; null only in development mode.</summary>
    public SigningKeys? SigningKeys { get; init; }
}
