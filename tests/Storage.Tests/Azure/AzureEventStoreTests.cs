using Stepwell.Executor.Ports;
using Stepwell.Storage.Tests.Contracts;
using Stepwell.Testing.Azurite;

namespace Stepwell.Storage.Tests.Azure;

public sealed class AzureEventStoreTests(AzuriteFixture azurite) : EventStoreContract, IClassFixture<AzuriteFixture>
{
    protected override IEventStore Events { get; } = new AzureAccount(azurite).Events;
}
