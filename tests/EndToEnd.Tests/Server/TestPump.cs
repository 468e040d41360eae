using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Stepwell.Executor.Operations;
using Stepwell.Executor.Ports;
using Stepwell.Executor.Server;
using Stepwell.Executor.Storage.InMemory;

namespace Stepwell.EndToEnd.Tests.Server;

/// <summary>The server's pump, on a queue and a clock of the test's.</summary>
internal sealed class TestPump : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public TestPump(IWorkQueue queue, TimeProvider time)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(time);
        services.AddInMemoryStorage();
        services.AddSingleton(queue);
        services.AddStepwellEngine(new EngineOptions());
        _services = services.BuildServiceProvider();
        Pump = new QueuePump(
            queue, _services.GetRequiredService<AdvanceRun>(), _services.GetRequiredService<LocalStarts>(), Workers, new Arrivals(time), new EngineOptions(), time, NullLogger<QueuePump>.Instance);
    }

    public LocalWorkers Workers { get; } = new(4);

    public QueuePump Pump { get; }

    public async ValueTask DisposeAsync()
    {
        Pump.Dispose();
        Workers.Dispose();
        await _services.DisposeAsync();
    }
}
