using Stepwell.Executor.Ports;
using Stepwell.Storage.Tests.Contracts;
using Stepwell.Storage.Tests.Examples;
using Stepwell.Testing.Azurite;

namespace Stepwell.Storage.Tests.Azure;

/// <summary>Runs whose rows have the keys of the first version keep them to their end.</summary>
public sealed class FirstVersionRunStoreTests(AzuriteFixture azurite) : RunStoreContract, IClassFixture<AzuriteFixture>
{
    private readonly FirstVersionRunStore _runs = new(azurite);

    protected override IRunStore Runs => _runs;

    [Fact]
    public async Task A_commit_of_several_parts_writes_no_key_of_another_version()
    {
        var created = await _runs.CreatedAsync(ExampleRuns.Fresh());

        await _runs.CommittedAsync(created, created.Run.WithGeneration(250, 1));

        var keys = await _runs.KeysAsync(created.Run.Id);
        Assert.Equal(252, keys.Count);
        Assert.DoesNotContain(keys, key => key.Contains(created.Run.Id.Value, StringComparison.Ordinal));
    }
}
