using Stepwell.Executor.Ports;
using Stepwell.Storage.Tests.Contracts;
using Stepwell.Testing.Azurite;

namespace Stepwell.Storage.Tests.Azure;

/// <summary>Events that the first version stored are listed as others are.</summary>
public sealed class FirstVersionEventListTests(AzuriteFixture azurite) : EventListContract, IClassFixture<AzuriteFixture>
{
    protected override IEventStore Events { get; } = new FirstVersionEventStore(azurite);
}
