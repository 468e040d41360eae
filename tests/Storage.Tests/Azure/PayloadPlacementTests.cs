using Stepwell.Executor.Ports;
using Stepwell.Executor.Runs;
using Stepwell.Executor.Storage.Azure;
using Stepwell.Protocol.Json;
using Stepwell.Storage.Tests.Contracts;
using Stepwell.Storage.Tests.Examples;
using Stepwell.Testing.Azurite;

namespace Stepwell.Storage.Tests.Azure;

/// <summary>Values stay in their row up to 60 KiB after compression; larger ones go to a blob, written once and read on demand.</summary>
public sealed class PayloadPlacementTests(AzuriteFixture azurite) : IClassFixture<AzuriteFixture>
{
    private const int MaxInline = 60 * 1024;

    private readonly AzureAccount _account = new(azurite);

    public static TheoryData<string, int> Values { get; } = new()
    {
        { "small", 0 }, { "fits as it is", 0 }, { "fits compressed", 0 }, { "megabytes of the same", 0 }, { "does not fit", 1 }, { "megabytes", 1 },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public async Task A_value_goes_to_a_blob_only_when_its_row_has_no_room(string value, int blobs)
    {
        var json = Value(value);
        var state = await StartAsync();
        Reset();

        var after = await _account.Runs.CommittedAsync(state, state.Run.With(ExampleRuns.Done("a", json)));

        Assert.Equal(blobs == 0 ? "TableWrite 1" : "TableWrite 1, BlobWrite 1", _account.Requests.ToString());
        Assert.All(_account.Sent.Transactions.SelectMany(rows => rows), row => Assert.All(row.Properties, property => Assert.True(property.Bytes <= MaxInline, property.Name)));

        Reset();
        await _account.Runs.AssertStoredAsync(after.Run);
        Assert.Equal(blobs == 0 ? "TableRead 1" : "TableRead 1, BlobRead 1", _account.Requests.ToString());
    }

    [Fact]
    public async Task Results_and_events_and_registrations_have_a_blob_when_they_are_large_too()
    {
        var large = Value("megabytes");
        var state = await StartAsync();
        Reset();

        await _account.Runs.CommittedAsync(state, state.Run with { Outcome = new RunOutcome.Completed(large, ExampleRuns.Now) });
        Assert.Equal(1, _account.Requests[RequestKind.BlobWrite]);

        await _account.Runs.CreatedAsync(ExampleRuns.Fresh() with { Events = [large] });
        Assert.Equal(2, _account.Requests[RequestKind.BlobWrite]);

        await _account.Events.AddAsync([ExampleEvents.At(ExampleRuns.Now) with { Json = large }], CancellationToken.None);
        Assert.Equal(3, _account.Requests[RequestKind.BlobWrite]);
    }

    [Fact]
    public async Task A_blob_is_written_once_also_by_a_commit_of_several_transactions()
    {
        var state = await StartAsync();
        Reset();

        await _account.Runs.CommittedAsync(state, state.Run.WithGeneration(150, 1).With(ExampleRuns.Done("large", ExampleJson.OfSize(200_000), 150)));

        Assert.Equal(1, _account.Requests[RequestKind.BlobWrite]);
    }

    [Fact]
    public async Task A_blob_is_not_written_again_by_later_commits_of_other_steps()
    {
        var state = await StartAsync();
        state = await _account.Runs.CommittedAsync(state, state.Run.With(ExampleRuns.Done("large", ExampleJson.OfSize(200_000))));
        Reset();

        await _account.Runs.CommittedAsync(state, state.Run.With(ExampleRuns.Done("small", ExampleRuns.Number(1), 1)));

        Assert.Equal("TableWrite 1", _account.Requests.ToString());
    }

    [Fact]
    public async Task Many_full_rows_make_several_transactions_none_of_which_is_too_large()
    {
        var state = await StartAsync();
        state = await _account.Runs.CommittedAsync(state, state.Run.With(Enumerable.Range(0, 99).Select(i => ExampleRuns.Done($"step {i}", ExampleJson.OfSize(75_000, i), i))));
        Reset();

        // Each row now holds a full value and the full one before it.
        var after = await _account.Runs.CommittedAsync(state, state.Run.With(Enumerable.Range(0, 99).Select(i => ExampleRuns.Done($"step {i}", ExampleJson.OfSize(75_000, 100 + i), i))));

        Assert.Equal(0, _account.Requests[RequestKind.BlobWrite]);
        Assert.InRange(_account.Sent.Transactions.Count, 5, 8);
        await _account.Runs.AssertStoredAsync(after.Run);
    }

    [Fact]
    public async Task A_blob_that_is_missing_is_an_error_that_names_it()
    {
        var state = await StartAsync();
        await _account.Runs.CommittedAsync(state, state.Run.With(ExampleRuns.Done("large", ExampleJson.OfSize(200_000))));
        await new global::Azure.Storage.Blobs.BlobServiceClient(azurite.ConnectionString).GetBlobContainerClient($"{_account.Prefix}-payloads").DeleteAsync();

        var error = await Assert.ThrowsAsync<InvalidDataException>(() => _account.Runs.ReadAsync(state.Run.Id, CancellationToken.None));

        Assert.Contains($"{state.Run.Id}/", error.Message, StringComparison.Ordinal);
    }

    /// <summary>A run, with a container for payloads that is there already.</summary>
    private async Task<ReadRunOutcome.Found> StartAsync()
    {
        await _account.Payloads.WriteAsync("any", new byte[] { 1 }, CancellationToken.None);
        return await _account.Runs.CreatedAsync(ExampleRuns.Fresh());
    }

    private void Reset()
    {
        _account.Requests.Reset();
        _account.Sent.Clear();
    }

    private static RawJson Value(string name) => name switch
    {
        "small" => RawJson.FromString("1"),
        "fits as it is" => ExampleJson.OfSize(60_000),
        "fits compressed" => ExampleJson.OfSize(75_000),
        "megabytes of the same" => ExampleJson.Repeated(4 * 1024 * 1024),
        "does not fit" => ExampleJson.OfSize(85_000),
        _ => ExampleJson.OfSize(4 * 1024 * 1024),
    };
}
