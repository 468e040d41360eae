using Microsoft.Extensions.DependencyInjection;
using Stepwell.Executor.Ports;
using Stepwell.Executor.Storage.Azure;
using Stepwell.Testing.Azurite;

namespace Stepwell.Storage.Tests.Azure;

/// <summary>The storage of an executor of its own, on an Azurite that is made as strict as Azure is.</summary>
internal sealed class AzureAccount
{
    private readonly ServiceProvider _services;

    /// <param name="azurite">Where.</param>
    /// <param name="prefix">That of another account object, to be a second executor beside it; by default one that nobody else has.</param>
    /// <param name="shards">The number of queues.</param>
    public AzureAccount(AzuriteFixture azurite, string? prefix = null, int shards = 1)
    {
        Prefix = prefix ?? AzuriteFixture.NewPrefix();
        var services = new ServiceCollection().AddAzureStorage(options =>
        {
            options.ConnectionString = azurite.ConnectionString;
            options.Prefix = Prefix;
            options.Shards = shards;
            options.Policies.Add(Requests);
            options.Policies.Add(Sent);
            options.Policies.Add(Faults);
            options.Policies.Add(new AzureLimits());
        }).BuildServiceProvider();
        _services = services;
        Runs = services.GetRequiredService<IRunStore>();
        Events = services.GetRequiredService<IEventStore>();
        Apps = services.GetRequiredService<IAppStore>();
        Live = services.GetRequiredService<ILiveIndex>();
        Waits = services.GetRequiredService<IWaitStore>();
        Gates = services.GetRequiredService<IGateStore>();
        Queue = services.GetRequiredService<IWorkQueue>();
        Payloads = services.GetRequiredService<IPayloadStore>();
    }

    public string Prefix { get; }

    public RequestCounter Requests { get; } = new();

    public SentRequests Sent { get; } = new();

    public Faults Faults { get; } = new();

    public IRunStore Runs { get; }

    public IEventStore Events { get; }

    public IAppStore Apps { get; }

    public ILiveIndex Live { get; }

    public IWaitStore Waits { get; }

    public IGateStore Gates { get; }

    public IWorkQueue Queue { get; }

    public IPayloadStore Payloads { get; }

    /// <summary>The executor stops.</summary>
    public ValueTask StopAsync() => _services.DisposeAsync();
}
