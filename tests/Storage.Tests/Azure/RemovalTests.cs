using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Stepwell.Executor.Ports;
using Stepwell.Executor.Storage.Azure;
using Stepwell.Protocol.Ids;
using Stepwell.Storage.Tests.Contracts;
using Stepwell.Storage.Tests.Examples;
using Stepwell.Testing.Azurite;

namespace Stepwell.Storage.Tests.Azure;

/// <summary>What a removal costs, and what one leaves whose process dies in the middle of it.</summary>
public sealed class RemovalTests(AzuriteFixture azurite) : IClassFixture<AzuriteFixture>
{
    private const int Steps = 250;

    // More than a row holds, even compressed.
    private const int Large = 200_000;

    private readonly AzureAccount _account = new(azurite);

    [Fact]
    public async Task A_run_whose_removal_breaks_off_anywhere_is_whole_or_gone_and_the_next_removal_ends_it()
    {
        for (var request = 1; ; request++)
        {
            var run = await StartAsync();
            _account.Faults.CrashAfter(_ => true, request);
            if (await Record.ExceptionAsync(() => _account.Runs.RemoveAsync(run, CancellationToken.None)) is null)
            {
                Assert.InRange(request, 7, 20);
                return;
            }

            // Reading throws what it cannot make sense of.
            await _account.Runs.ReadAsync(run, CancellationToken.None);
            await _account.Runs.RemoveAsync(run, CancellationToken.None);
            Assert.IsType<ReadRunOutcome.NotFound>(await _account.Runs.ReadAsync(run, CancellationToken.None));
            Assert.Equal(0, await BlobsLeftAsync(run.Value));
        }
    }

    [Fact]
    public async Task A_run_that_two_remove_at_once_is_gone()
    {
        var run = await StartAsync();

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => _account.Runs.RemoveAsync(run, CancellationToken.None)));

        Assert.IsType<ReadRunOutcome.NotFound>(await _account.Runs.ReadAsync(run, CancellationToken.None));
    }

    [Fact]
    public async Task An_event_whose_removal_breaks_off_anywhere_spoils_no_list()
    {
        for (var request = 1; ; request++)
        {
            var happened = ExampleEvents.At(ExampleRuns.Now) with { Json = ExampleJson.OfSize(Large, request) };
            await _account.Events.AddAsync([happened], CancellationToken.None);
            _account.Faults.CrashAfter(_ => true, request);
            if (await Record.ExceptionAsync(() => _account.Events.RemoveAsync(happened.InternalId, CancellationToken.None)) is null)
            {
                Assert.InRange(request, 4, 8);
                return;
            }

            await _account.Events.ListAsync(new EventQuery(100), CancellationToken.None);
            await _account.Events.RemoveAsync(happened.InternalId, CancellationToken.None);
            Assert.IsType<ReadEventOutcome.NotFound>(await _account.Events.ReadAsync(happened.InternalId, CancellationToken.None));
        }
    }

    [Fact]
    public async Task What_has_no_blobs_is_removed_without_looking_for_any()
    {
        var run = (await _account.Runs.CreatedAsync(ExampleRuns.Fresh())).Run.Id;
        var happened = ExampleEvents.At(ExampleRuns.Now);
        await _account.Events.AddAsync([happened], CancellationToken.None);
        _account.Requests.Reset();

        await _account.Runs.RemoveAsync(run, CancellationToken.None);
        await _account.Events.RemoveAsync(happened.InternalId, CancellationToken.None);

        Assert.Equal(2, _account.Requests[RequestKind.TableWrite]);
        Assert.Equal(2, _account.Requests[RequestKind.TableRead]);
        Assert.Equal(4, _account.Requests.Total);
    }

    /// <summary>A run of more rows than one transaction removes, one of them with a blob.</summary>
    private async Task<RunId> StartAsync()
    {
        var before = await _account.Runs.CreatedAsync(ExampleRuns.Fresh());
        var steps = await _account.Runs.CommittedAsync(before, before.Run.WithGeneration(Steps, 1));
        return (await _account.Runs.CommittedAsync(steps, steps.Run.With(ExampleRuns.Done("large", ExampleJson.OfSize(Large), Steps)))).Run.Id;
    }

    private async Task<int> BlobsLeftAsync(string folder)
    {
        var container = new BlobContainerClient(azurite.ConnectionString, $"{_account.Prefix}-payloads");
        var left = 0;
        await foreach (var blob in container.GetBlobsAsync(BlobTraits.None, BlobStates.None, $"{folder}/", CancellationToken.None))
            left++;

        return left;
    }
}
