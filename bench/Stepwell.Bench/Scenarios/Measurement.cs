using Stepwell.Bench.Results;

namespace Stepwell.Bench.Scenarios;

/// <summary>What a scenario gives.</summary>
/// <param name="Values">A number a repetition, or a run, in the scenario's unit.</param>
/// <param name="Cost">What it took.</param>
/// <param name="Rate">The same as throughput, where that is what is asked for.</param>
internal sealed record Measurement(IReadOnlyList<double> Values, Cost Cost, Rate? Rate = null);
