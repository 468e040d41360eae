using Stepwell.Bench.Apps;

namespace Stepwell.Bench;

/// <summary>What is measured, how often, and where the results go.</summary>
internal sealed record BenchOptions
{
    /// <summary>Ids of scenarios, each with all its variants; none means all.</summary>
    public required IReadOnlyList<string> Scenarios { get; init; }

    public required IReadOnlyList<AppKind> Apps { get; init; }

    /// <summary>Only to see that it works.</summary>
    public required bool IsQuick { get; init; }

    /// <summary>Instead of each scenario's own number.</summary>
    public required int? Repetitions { get; init; }

    /// <summary>Of S7.</summary>
    public required int Events { get; init; }

    /// <summary>How long S9 counts.</summary>
    public required TimeSpan IdleTime { get; init; }

    /// <summary>Of S10.</summary>
    public required int Sleepers { get; init; }

    /// <summary>From the first sleeper of S10 that wakes to the last.</summary>
    public required TimeSpan WakingTime { get; init; }

    public required string Output { get; init; }

    /// <summary>Whether what the output holds of other scenarios and apps is kept, so that they can be measured one after the other.</summary>
    public required bool Adds { get; init; }

    public required string Baseline { get; init; }

    /// <summary>Whether the results become the baseline.</summary>
    public required bool WritesBaseline { get; init; }

    /// <summary>Whether the results go into <c>docs/performance.md</c>, and the model that is computed from them into <c>docs/scaling.md</c>, each with its chart.</summary>
    public required bool WritesDocs { get; init; }

    /// <summary>Whether nothing is measured, and what the output holds is told and written instead.</summary>
    public required bool FromOutput { get; init; }

    public bool Includes(string scenario) => Scenarios.Count == 0 || Scenarios.Any(wanted =>
        string.Equals(wanted, scenario, StringComparison.OrdinalIgnoreCase) || string.Equals(wanted, scenario.TrimEnd('a', 'b'), StringComparison.OrdinalIgnoreCase));
}
