using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using Stepwell.Executor.Ports;
using Stepwell.Executor.Runs;
using Stepwell.Protocol.Ids;

namespace Stepwell.Executor.Storage.Azure.Tables;

/// <summary>
/// A run as one table partition: a row with its state, one with its events, one a step. A commit is one entity-group transaction whose row of the state carries
/// <c>If-Match</c>; see <see cref="RunCommit"/> for one that is too large for that.
/// </summary>
internal sealed class AzureRunStore(StorageClients clients, Content content) : IRunStore
{
    // Somebody commits again and again while we read. Each time it is another state that we meet, so this is no race that is ever lost for long.
    private const int MaxReads = 20;

    private static readonly string[] s_blobColumns = [Content.BlobColumn(""), Content.BlobColumn(StepRow.Previous)];

    private readonly TableClient _table = clients.Table("runs");

    public async Task<CreateRunOutcome> CreateAsync(Run run, CancellationToken cancellationToken)
    {
        var commit = new RunCommit(_table, content);
        var (rows, nonce) = await commit.FirstRowsAsync(run, cancellationToken);
        try
        {
            var answer = await _table.CreateIfMissingAsync(
                () => _table.SubmitTransactionAsync(rows.Select(row => new TableTransactionAction(TableTransactionActionType.Add, row)), cancellationToken),
                cancellationToken);
            return new CreateRunOutcome.Created(CommitNumbers.First.ToVersion(RunKeys.New(run.Id), answer.Value[0].Headers.ETag!.Value.ToString()));
        }
        catch (RequestFailedException exists) when (exists.Status == 409)
        {
            // A first try whose answer was lost may have been ours.
            var keys = RunKeys.Of(run.Id, await RowAsync(run.Id, RunKeys.Anchor, cancellationToken));
            var found = await RowAsync(run.Id, keys.State, cancellationToken);
            return found.GetString(RunRow.Nonce) == nonce
                ? new CreateRunOutcome.Created(CommitNumbers.First.ToVersion(keys, found.ETag.ToString()))
                : new CreateRunOutcome.Exists(found.GetDateTimeOffset(RunRow.CreatedAt)!.Value);
        }
    }

    public async Task<ReadRunOutcome> ReadAsync(RunId id, CancellationToken cancellationToken)
    {
        for (var read = 0; read < MaxReads; read++)
        {
            var rows = await RowsAsync(id, null, cancellationToken);
            if (rows.Find(row => row.RowKey == RunKeys.Anchor) is not { } anchor)
                return new ReadRunOutcome.NotFound();

            if (await TryReadAsync(RunKeys.Of(id, anchor), rows, cancellationToken) is { } found)
                return found;
        }

        throw new IOException($"Run {id} was changed during each of {MaxReads} reads.");
    }

    public Task<CommitRunOutcome> CommitAsync(Run before, RunVersion version, Run after, CancellationToken cancellationToken) =>
        new RunCommit(_table, content).CommitAsync(before, version, after, cancellationToken);

    public async Task RemoveAsync(RunId id, CancellationToken cancellationToken)
    {
        var (isWhole, hasBlobs) = (false, false);
        List<TableEntity> rows;
        do
        {
            rows = await RowsAsync(id, ["PartitionKey", "RowKey", .. s_blobColumns], cancellationToken);
            isWhole |= rows.Exists(row => row.RowKey == RunKeys.Anchor);
            hasBlobs |= rows.Exists(row => s_blobColumns.Any(column => row.GetString(column) is not null));
        }
        while (!await TryRemoveAsync(rows, cancellationToken));

        // Last, as rows without their blobs could not be read. Of rows that were gone already nobody knows whether they had any.
        if (isWhole && !hasBlobs)
            return;

        await content.RemoveAsync($"{id}/", cancellationToken);
        await content.RemoveAsync($"{WaitRow.FolderOf(id)}/", cancellationToken);
    }

    /// <summary>False when somebody else removes them too, who may die before the end of it.</summary>
    private async Task<bool> TryRemoveAsync(List<TableEntity> rows, CancellationToken cancellationToken)
    {
        try
        {
            // The run's own rows first, together: without them the others are nothing.
            foreach (var some in rows.OrderBy(row => RunKeys.IsStep(row.RowKey)).Chunk(TransactionParts.MaxRows))
                await _table.SubmitTransactionAsync(some.Select(row => new TableTransactionAction(TableTransactionActionType.Delete, row, ETag.All)), cancellationToken);

            return true;
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            return false;
        }
    }

    private async Task<TableEntity> RowAsync(RunId id, string key, CancellationToken cancellationToken) =>
        (await _table.GetEntityAsync<TableEntity>(id.Value, key, cancellationToken: cancellationToken)).Value;

    /// <param name="id">The run.</param>
    /// <param name="columns">What is asked of each row; null: everything.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    private async Task<List<TableEntity>> RowsAsync(RunId id, IEnumerable<string>? columns, CancellationToken cancellationToken)
    {
        var rows = new List<TableEntity>();
        return await _table.CreateIfMissingAsync(
            async () =>
            {
                await foreach (var row in _table.QueryAsync<TableEntity>(row => row.PartitionKey == id.Value, select: columns, cancellationToken: cancellationToken))
                    rows.Add(row);

                return rows;
            },
            cancellationToken);
    }

    /// <summary>Null when the rows are a mixture of two states.</summary>
    private async Task<ReadRunOutcome.Found?> TryReadAsync(RunKeys keys, List<TableEntity> rows, CancellationToken cancellationToken)
    {
        var state = Row(keys.State);
        var numbers = RunRow.NumbersOf(state);
        var record = JsonSerializer.Deserialize((await content.GetAsync(state, cancellationToken)).Span, RowJson.Default.RunRecord)!;
        var events = JsonSerializer.Deserialize((await content.GetAsync(Row(keys.Events), cancellationToken)).Span, RowJson.Default.ListRawJson)!;
        var steps = new List<Task<Step>>();
        foreach (var row in rows.Where(row => RunKeys.IsStep(row.RowKey)))
        {
            switch (StepRow.Look(row, numbers))
            {
                case StepRow.Sight.Valid:
                    steps.Add(ReadStepAsync(keys, row, "", cancellationToken));
                    break;
                case StepRow.Sight.Previous:
                    steps.Add(ReadStepAsync(keys, row, StepRow.Previous, cancellationToken));
                    break;
                case StepRow.Sight.Newer:
                    return null;
                default:
                    // Of a commit that never came to its end.
                    break;
            }
        }

        var run = RunRows.ToRun(keys.Run, record, [.. events], await Task.WhenAll(steps));
        return new ReadRunOutcome.Found(run, numbers.ToVersion(keys, state.ETag.ToString()));

        TableEntity Row(string key) => rows.Find(row => row.RowKey == key) ?? throw new InvalidDataException($"Row {keys.Run}/{key} is missing.");
    }

    private async Task<Step> ReadStepAsync(RunKeys keys, TableEntity row, string prefix, CancellationToken cancellationToken) => StepRows.ToStep(
        keys.StepOf(row.RowKey),
        JsonSerializer.Deserialize((await content.GetAsync(row, prefix, cancellationToken)).Span, RowJson.Default.StepRecord)!);
}
