using Stepwell.Executor.Ports;
using Stepwell.Storage.Tests.Contracts;
using Stepwell.Testing.Azurite;

namespace Stepwell.Storage.Tests.Azure;

/// <summary>As <see cref="FirstVersionRunStoreTests"/>, with commits of several parts.</summary>
public sealed class FirstVersionLargeCommitTests(AzuriteFixture azurite) : LargeCommitContract, IClassFixture<AzuriteFixture>
{
    protected override IRunStore Runs { get; } = new FirstVersionRunStore(azurite);
}
