using Stepwell.Executor.Ports;
using Stepwell.Storage.Tests.Contracts;
using Stepwell.Testing.Azurite;

namespace Stepwell.Storage.Tests.Azure;

public sealed class AzureWorkQueueLimitsTests(AzuriteFixture azurite) : WorkQueueLimitsContract, IClassFixture<AzuriteFixture>
{
    protected override IWorkQueue Queue { get; } = new AzureAccount(azurite).Queue;
}
