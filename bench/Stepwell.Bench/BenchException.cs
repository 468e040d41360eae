namespace Stepwell.Bench;

/// <summary>What went wrong, for the one who measures: nothing was measured then.</summary>
internal sealed class BenchException(string message) : Exception(message);
