using Stepwell.Testing.Azurite;

namespace Stepwell.EndToEnd.Tests.Server;

public sealed class FunctionsSignedTests(AzuriteFixture azurite) : SignedTests, IClassFixture<AzuriteFixture>
{
    protected override string[] Storage => [ExecutorServer.AsFunctions, .. ExecutorServer.NewStorageOn(azurite)];
}
