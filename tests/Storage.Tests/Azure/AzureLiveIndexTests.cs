using Stepwell.Executor.Ports;
using Stepwell.Storage.Tests.Contracts;
using Stepwell.Testing.Azurite;

namespace Stepwell.Storage.Tests.Azure;

public sealed class AzureLiveIndexTests(AzuriteFixture azurite) : LiveIndexContract, IClassFixture<AzuriteFixture>
{
    protected override ILiveIndex Live { get; } = new AzureAccount(azurite).Live;
}
