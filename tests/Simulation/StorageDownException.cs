namespace Stepwell.Simulation.Tests;

internal sealed class StorageDownException() : Exception("The storage is down.");
