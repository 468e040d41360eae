namespace Stepwell.Bench.Results;

/// <summary>How much in a second.</summary>
internal sealed record Rate(double PerSecond, string Unit);
