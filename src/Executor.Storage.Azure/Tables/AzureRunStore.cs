using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using Stepwell.Executor.Ports;
using Stepwell.Executor.Runs;
using Stepwell.Protocol.Ids;

namespace Stepwell.Executor.Storage.Azure.Tables;

/// <summary>
/// A run as one table partition: its own row, one with its events, one a step. A commit is one entity-group transaction whose run row carries
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
            return new CreateRunOutcome.Created(CommitNumbers.First.ToVersion(answer.Value[0].Headers.ETag!.Value.ToString()));
        }
        catch (RequestFailedException exists) when (exists.Status == 409)
        {
            // A first try whose answer was lost may have been ours.
            var found = (await _table.GetEntityAsync<TableEntity>(run.Id.Value, RunRow.Key, cancellationToken: cancellationToken)).Value;
            return found.GetString(RunRow.Nonce) == nonce
                ? new CreateRunOutcome.Created(CommitNumbers.First.ToVersion(found.ETag.ToString()))
                : new CreateRunOutcome.Exists(found.GetDateTimeOffset(RunRow.CreatedAt)!.Value);
        }
    }

    public async Task<ReadRunOutcome> ReadAsync(RunId id, CancellationToken cancellationToken)
    {
        for (var read = 0; read < MaxReads; read++)
        {
            var rows = await RowsAsync(id, null, cancellationToken);
            if (rows.Find(row => row.RowKey == RunRow.Key) is not { } runRow)
                return new ReadRunOutcome.NotFound();

            RowVersion.Require(runRow);
            if (await TryReadAsync(id, runRow, rows, cancellationToken) is { } found)
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
            isWhole |= rows.Exists(row => row.RowKey == RunRow.Key);
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
            // The run's own row first: without it the others are nothing.
            foreach (var some in rows.OrderBy(row => row.RowKey == RunRow.Key ? 0 : 1).Chunk(TransactionParts.MaxRows))
                await _table.SubmitTransactionAsync(some.Select(row => new TableTransactionAction(TableTransactionActionType.Delete, row, ETag.All)), cancellationToken);

            return true;
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            return false;
        }
    }

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
    private async Task<ReadRunOutcome.Found?> TryReadAsync(RunId id, TableEntity runRow, List<TableEntity> rows, CancellationToken cancellationToken)
    {
        var numbers = RunRow.NumbersOf(runRow);
        var record = JsonSerializer.Deserialize((await content.GetAsync(runRow, cancellationToken)).Span, RowJson.Default.RunRecord)!;
        var eventsRow = rows.Find(row => row.RowKey == RunRow.EventsKey) ?? throw new InvalidDataException($"The events of run {id} are missing.");
        var events = JsonSerializer.Deserialize((await content.GetAsync(eventsRow, cancellationToken)).Span, RowJson.Default.ListRawJson)!;
        var steps = new List<Task<Step>>();
        foreach (var row in rows.Where(row => StepRow.IsStep(row)))
        {
            switch (StepRow.Look(row, numbers))
            {
                case StepRow.Sight.Valid:
                    steps.Add(ReadStepAsync(row, "", cancellationToken));
                    break;
                case StepRow.Sight.Previous:
                    steps.Add(ReadStepAsync(row, StepRow.Previous, cancellationToken));
                    break;
                case StepRow.Sight.Newer:
                    return null;
                default:
                    // Of a commit that never came to its end.
                    break;
            }
        }

        var run = RunRows.ToRun(id, record, [.. events], await Task.WhenAll(steps));
        return new ReadRunOutcome.Found(run, numbers.ToVersion(runRow.ETag.ToString()));
    }

    private async Task<Step> ReadStepAsync(TableEntity row, string prefix, CancellationToken cancellationToken) => StepRows.ToStep(
        StepRow.KeyOf(row),
        JsonSerializer.Deserialize((await content.GetAsync(row, prefix, cancellationToken)).Span, RowJson.Default.StepRecord)!);
}
