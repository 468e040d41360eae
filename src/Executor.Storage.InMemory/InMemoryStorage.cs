namespace Stepwell.Executor.Storage.InMemory;

/// <summary>Storage inside the process: for development without an emulator, for tests and for simulation. Nothing survives the process.</summary>
/// <param name="time">The clock of delays and leases.</param>
/// <param name="shards">The number of work queues, at least 1.</param>
public sealed class InMemoryStorage(TimeProvider time, int shards = 1)
{
    public InMemoryRunStore Runs { get; } = new();

    public InMemoryEventStore Events { get; } = new();

    public InMemoryAppStore Apps { get; } = new();

    public InMemoryWorkQueue Queue { get; } = new(time, shards);

    public InMemoryLiveIndex Live { get; } = new();

    public InMemoryPayloadStore Payloads { get; } = new();

    public InMemoryWaitStore Waits { get; } = new();

    public InMemoryGateStore Gates { get; } = new();
}
