using Stepwell.Executor.Ports;
using Stepwell.Storage.Tests.Contracts;
using Stepwell.Testing.Azurite;

namespace Stepwell.Storage.Tests.Azure;

public sealed class AzureWorkQueueTests(AzuriteFixture azurite) : WorkQueueContract, IClassFixture<AzuriteFixture>
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(100);

    protected override IWorkQueue Queue { get; } = new AzureAccount(azurite, shards: Shards).Queue;

    // Between two looks, so that the waiting does not take the processor from what is waited for.
    protected override Task LetTimePassAsync() => Task.Delay(s_pause);
}
