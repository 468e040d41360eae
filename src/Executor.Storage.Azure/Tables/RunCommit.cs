using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using Stepwell.Executor.Ports;
using Stepwell.Executor.Runs;

namespace Stepwell.Executor.Storage.Azure.Tables;

/// <summary>
/// One commit of a run. What does not fit into one transaction goes in several: each carries the run's row with <c>If-Match</c>, so another commit in between
/// makes it a conflict, and the run's row says only in the last one that the commit is complete. Until then readers see what the step rows keep
/// from before.
/// </summary>
internal sealed class RunCommit(TableClient table, Content content)
{
    // One row is the run's.
    private const int MaxSteps = TransactionParts.MaxRows - 1;

    /// <summary>The rows of a new run, and the nonce by which its creation is known.</summary>
    public async Task<(List<TableEntity> Rows, string Nonce)> FirstRowsAsync(Run run, CancellationToken cancellationToken)
    {
        var (keys, nonce) = (RunKeys.New(run.Id), NewNonce());
        var rows = new List<TableEntity> { await StateAsync(keys, run, CommitNumbers.First, nonce, cancellationToken), (await EventsAsync(keys, run, cancellationToken)).Row };
        foreach (var step in run.Steps.Values)
            rows.Add((await StepAsync(keys, step, CommitNumbers.First.Committed, cancellationToken)).Row);

        return (rows, nonce);
    }

    public async Task<CommitRunOutcome> CommitAsync(Run before, RunVersion version, Run after, CancellationToken cancellationToken)
    {
        var (keys, numbers, etag) = CommitNumbers.Of(after.Id, version);
        var complete = numbers.Next();
        var changed = after.Steps.Values.Where(step => !before.Steps.TryGetValue(step.Key, out var old) || !ReferenceEquals(old, step)).ToList();
        var steps = await Task.WhenAll(changed.Select(step => StepAsync(keys, step, complete.Committed, cancellationToken)));
        // Events join only runs that have no steps yet, so that their row never needs a part of its own.
        if (before.Events != after.Events)
            steps = [.. steps, await EventsAsync(keys, after, cancellationToken)];

        var chunks = TransactionParts.Split(steps, MaxSteps);
        if (chunks.Count > 1)
        {
            steps = await Task.WhenAll(steps.Zip(changed, (step, to) => KeepPreviousAsync(step, before.Steps.GetValueOrDefault(to.Key), cancellationToken)));
            chunks = TransactionParts.Split(steps, MaxSteps);
        }

        for (var i = 0; i < chunks.Count; i++)
        {
            var nonce = NewNonce();
            var isLast = i == chunks.Count - 1;
            var state = isLast
                ? await StateAsync(keys, after, complete, nonce, cancellationToken)
                : RunRow.Create(keys, numbers.Begin(), nonce);
            switch (await SubmitAsync(state, etag, isLast ? TableTransactionActionType.UpdateReplace : TableTransactionActionType.UpdateMerge, chunks[i], nonce, cancellationToken))
            {
                case Submitted.As submitted:
                    etag = submitted.ETag;
                    break;
                case Submitted.Nowhere:
                    return new CommitRunOutcome.NotFound();
                default:
                    return new CommitRunOutcome.Conflict();
            }
        }

        return new CommitRunOutcome.Committed(complete.ToVersion(keys, etag));
    }

    private async Task<Submitted> SubmitAsync(
        TableEntity state, string etag, TableTransactionActionType action, List<TableEntity> steps, string nonce, CancellationToken cancellationToken)
    {
        var actions = steps.Select(step => new TableTransactionAction(TableTransactionActionType.UpsertReplace, step))
            .Prepend(new TableTransactionAction(action, state, new ETag(etag)));
        try
        {
            var answer = await table.SubmitTransactionAsync(actions, cancellationToken);
            return new Submitted.As(answer.Value[0].Headers.ETag!.Value.ToString());
        }
        catch (RequestFailedException conflict) when (conflict.Status == 412)
        {
            // Ours all the same, if a first try took effect and its answer was lost.
            var found = await table.GetEntityIfExistsAsync<TableEntity>(state.PartitionKey, state.RowKey, cancellationToken: cancellationToken);
            return found.HasValue && found.Value!.GetString(RunRow.Nonce) == nonce
                ? new Submitted.As(found.Value.ETag.ToString())
                : new Submitted.Conflict();
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            return new Submitted.Nowhere();
        }
    }

    private async Task<TableEntity> StateAsync(RunKeys keys, Run run, CommitNumbers numbers, string nonce, CancellationToken cancellationToken)
    {
        var row = RunRow.Create(keys, numbers, nonce);
        row[RunRow.CreatedAt] = run.CreatedAt;
        await content.PutAsync(row, run.Id.Value, JsonSerializer.SerializeToUtf8Bytes(RunRows.Of(run), RowJson.Default.RunRecord), cancellationToken);
        return row;
    }

    private async Task<(TableEntity Row, int Bytes)> EventsAsync(RunKeys keys, Run run, CancellationToken cancellationToken)
    {
        var row = new TableEntity(run.Id.Value, keys.Events) { [RowVersion.Column] = keys.Version };
        return (row, await content.PutAsync(row, run.Id.Value, JsonSerializer.SerializeToUtf8Bytes([.. run.Events], RowJson.Default.ListRawJson), cancellationToken));
    }

    private async Task<(TableEntity Row, int Bytes)> StepAsync(RunKeys keys, Step step, long number, CancellationToken cancellationToken)
    {
        var row = StepRow.Create(keys, step.Key, number);
        return (row, await content.PutAsync(row, row.PartitionKey, Write(step), cancellationToken));
    }

    private async Task<(TableEntity Row, int Bytes)> KeepPreviousAsync((TableEntity Row, int Bytes) step, Step? before, CancellationToken cancellationToken) =>
        before is null
            ? step
            : (step.Row, step.Bytes + await content.PutAsync(step.Row, StepRow.Previous, step.Row.PartitionKey, Write(before), cancellationToken));

    private static byte[] Write(Step step) => JsonSerializer.SerializeToUtf8Bytes(StepRows.Of(step), RowJson.Default.StepRecord);

    private static string NewNonce() => Guid.NewGuid().ToString("N");

    private abstract record Submitted
    {
        public sealed record As(string ETag) : Submitted;

        public sealed record Conflict : Submitted;

        public sealed record Nowhere : Submitted;
    }
}
