namespace Stepwell.Executor.Tests.Simulation;

internal sealed class StorageDownException() : Exception("The storage is down.");
