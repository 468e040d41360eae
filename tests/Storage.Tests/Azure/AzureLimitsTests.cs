using Azure.Data.Tables;
using Azure.Storage.Queues;
using Stepwell.Testing.Azurite;

namespace Stepwell.Storage.Tests.Azure;

/// <summary>The limits that all other tests rely on are noticed, though Azurite does not mind.</summary>
public sealed class AzureLimitsTests(AzuriteFixture azurite) : IClassFixture<AzuriteFixture>
{
    [Fact]
    public async Task A_transaction_over_two_partitions_is_refused() =>
        await AssertRefusedAsync("DifferentPartitions", Row("a", "1"), Row("b", "1"));

    [Fact]
    public async Task A_transaction_of_more_than_a_hundred_rows_is_refused()
    {
        await AssertTakenAsync([.. Enumerable.Range(0, 100).Select(i => Row("a", $"{i}"))]);
        await AssertRefusedAsync("101 rows", [.. Enumerable.Range(0, 101).Select(i => Row("a", $"{i}"))]);
    }

    [Fact]
    public async Task An_entity_of_more_than_a_mebibyte_is_refused() =>
        await AssertRefusedAsync("EntityTooLarge", Filled(properties: 18, bytes: 60_000));

    [Fact]
    public async Task A_property_of_more_than_64_KiB_is_refused()
    {
        await AssertTakenAsync(Filled(properties: 1, bytes: 65_536));
        await AssertRefusedAsync("PropertyValueTooLarge", Filled(properties: 1, bytes: 65_537));
    }

    [Fact]
    public async Task More_than_252_properties_are_refused()
    {
        await AssertTakenAsync(Filled(properties: 252, bytes: 1));
        await AssertRefusedAsync("TooManyProperties", Filled(properties: 253, bytes: 1));
    }

    [Fact]
    public async Task A_transaction_of_more_than_four_mebibytes_is_refused() =>
        await AssertRefusedAsync("RequestBodyTooLarge", [.. Enumerable.Range(0, 60).Select(i => Filled(1, 60_000, $"{i}"))]);

    [Fact]
    public async Task Deleting_a_queue_is_refused()
    {
        var options = new QueueClientOptions();
        options.AddPolicy(new AzureLimits(), global::Azure.Core.HttpPipelinePosition.PerRetry);
        var queue = new QueueClient(azurite.ConnectionString, AzuriteFixture.NewPrefix(), options);
        await queue.CreateAsync();

        await Assert.ThrowsAsync<AzureRefusedException>(() => queue.DeleteAsync());
    }

    private async Task AssertRefusedAsync(string problem, params TableEntity[] rows)
    {
        var table = await TableAsync();
        var error = await Assert.ThrowsAsync<AzureRefusedException>(() => table.SubmitTransactionAsync(rows.Select(Add)));
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
        if (rows.Length == 1)
            await Assert.ThrowsAsync<AzureRefusedException>(() => table.AddEntityAsync(rows[0]));
    }

    private async Task AssertTakenAsync(params TableEntity[] rows)
    {
        var table = await TableAsync();
        Assert.Equal(rows.Length, (await table.SubmitTransactionAsync(rows.Select(Add))).Value.Count);
        rows[0].RowKey += "again";
        Assert.Equal(204, (await table.AddEntityAsync(rows[0])).Status);
    }

    private async Task<TableClient> TableAsync()
    {
        var options = new TableClientOptions();
        options.AddPolicy(new AzureLimits(), global::Azure.Core.HttpPipelinePosition.PerRetry);
        var table = new TableClient(azurite.ConnectionString, AzuriteFixture.NewPrefix(), options);
        await table.CreateAsync();
        return table;
    }

    private static TableTransactionAction Add(TableEntity row) => new(TableTransactionActionType.Add, row);

    private static TableEntity Row(string partition, string row) => new(partition, row) { ["x"] = 1 };

    private static TableEntity Filled(int properties, int bytes, string row = "1")
    {
        var entity = new TableEntity("a", row);
        for (var i = 0; i < properties; i++)
            entity[$"x{i}"] = new byte[bytes];

        return entity;
    }
}
