using Stepwell.Executor.Ports;
using Stepwell.Storage.Tests.Contracts;
using Stepwell.Testing.Azurite;

namespace Stepwell.Storage.Tests.Azure;

public sealed class AzureWaitStoreTests(AzuriteFixture azurite) : WaitStoreContract, IClassFixture<AzuriteFixture>
{
    protected override IWaitStore Waits { get; } = new AzureAccount(azurite).Waits;
}
