using Stepwell.Executor.Ports;
using Stepwell.Storage.Tests.Contracts;
using Stepwell.Storage.Tests.Examples;
using Stepwell.Testing.Azurite;

namespace Stepwell.Storage.Tests.Azure;

public sealed class AzureEventStoreTests(AzuriteFixture azurite) : EventStoreContract, IClassFixture<AzuriteFixture>
{
    private readonly AzureAccount _account = new(azurite);

    protected override IEventStore Events => _account.Events;

    [Fact]
    public async Task Those_of_one_request_are_one_transaction_and_those_of_many_are_spread_over_four_partitions()
    {
        await Events.AddAsync([ExampleEvents.At(ExampleRuns.Now)], CancellationToken.None);
        _account.Sent.Clear();

        for (var request = 0; request < 8; request++)
        {
            // The events of a request have the time at which it came in.
            var at = ExampleRuns.Now.AddMilliseconds(request);
            await Events.AddAsync([ExampleEvents.At(at), ExampleEvents.At(at), ExampleEvents.At(at)], CancellationToken.None);
        }

        var partitions = _account.Sent.Transactions.Select(changes => Assert.Single(changes.Select(change => change.Partition).Distinct()));
        Assert.Equal([2, 2, 2, 2], partitions.CountBy(partition => partition).Select(partition => partition.Value));
    }
}
