using Stepwell.Executor.Ports;
using Stepwell.Storage.Tests.Contracts;
using Stepwell.Testing.Azurite;

namespace Stepwell.Storage.Tests.Azure;

public sealed class AzureAppStoreTests(AzuriteFixture azurite) : AppStoreContract, IClassFixture<AzuriteFixture>
{
    protected override IAppStore Apps { get; } = new AzureAccount(azurite).Apps;
}
