using Stepwell.Executor.Ports;
using Stepwell.Storage.Tests.Contracts;
using Stepwell.Testing.Azurite;

namespace Stepwell.Storage.Tests.Azure;

public sealed class AzureRunNamesTests(AzuriteFixture azurite) : RunNamesContract, IClassFixture<AzuriteFixture>
{
    protected override IRunStore Runs { get; } = new AzureAccount(azurite).Runs;
}
