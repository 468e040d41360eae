using Stepwell.EndToEnd.Tests.Server;
using Stepwell.Testing.Azurite;

namespace Stepwell.EndToEnd.Tests.Sample;

public sealed class FunctionsSampleTests(AzuriteFixture azurite) : SampleTests, IClassFixture<AzuriteFixture>
{
    protected override string[] Storage => [ExecutorServer.AsFunctions, .. ExecutorServer.NewStorageOn(azurite)];
}
