using Stepwell.Executor.Ports;
using Stepwell.Storage.Tests.Contracts;
using Stepwell.Testing.Azurite;

namespace Stepwell.Storage.Tests.Azure;

public sealed class AzureGateStoreTests(AzuriteFixture azurite) : GateStoreContract, IClassFixture<AzuriteFixture>
{
    protected override IGateStore Gates { get; } = new AzureAccount(azurite).Gates;
}
