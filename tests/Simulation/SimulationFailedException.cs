namespace Stepwell.Simulation.Tests;

/// <summary>Something does not hold that must.</summary>
internal sealed class SimulationFailedException(string message, Exception? cause = null) : Exception(message, cause);
