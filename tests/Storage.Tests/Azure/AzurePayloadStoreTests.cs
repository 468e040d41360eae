using Stepwell.Executor.Ports;
using Stepwell.Storage.Tests.Contracts;
using Stepwell.Testing.Azurite;

namespace Stepwell.Storage.Tests.Azure;

public sealed class AzurePayloadStoreTests(AzuriteFixture azurite) : PayloadStoreContract, IClassFixture<AzuriteFixture>
{
    protected override IPayloadStore Payloads { get; } = new AzureAccount(azurite).Payloads;
}
