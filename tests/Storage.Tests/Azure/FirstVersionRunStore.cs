using Azure.Data.Tables;
using Stepwell.Executor.Ports;
using Stepwell.Executor.Runs;
using Stepwell.Protocol.Ids;
using Stepwell.Testing.Azurite;

namespace Stepwell.Storage.Tests.Azure;

/// <summary>Gives each run that is created the keys that rows had in their first version, as if an older executor had created it.</summary>
internal sealed class FirstVersionRunStore : IRunStore
{
    private readonly AzureAccount _account;
    private readonly TableClient _table;
    private readonly Lock _lock = new();
    private Task _last = Task.CompletedTask;

    public FirstVersionRunStore(AzuriteFixture azurite)
    {
        _account = new AzureAccount(azurite);
        _table = new TableClient(azurite.ConnectionString, $"{_account.Prefix}runs");
    }

    /// <summary>Creates runs one after the other: a run that is being given its keys is none that there ever was.</summary>
    public Task<CreateRunOutcome> CreateAsync(Run run, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            var created = CreateAfterAsync(_last, run, cancellationToken);
            _last = created;
            return created;
        }
    }

    public Task<ReadRunOutcome> ReadAsync(RunId id, CancellationToken cancellationToken) => _account.Runs.ReadAsync(id, cancellationToken);

    public Task<CommitRunOutcome> CommitAsync(Run before, RunVersion version, Run after, CancellationToken cancellationToken) =>
        _account.Runs.CommitAsync(before, version, after, cancellationToken);

    public Task RemoveAsync(RunId id, CancellationToken cancellationToken) => _account.Runs.RemoveAsync(id, cancellationToken);

    /// <summary>The keys of a run's rows.</summary>
    public async Task<List<string>> KeysAsync(RunId run) => (await RowsAsync(run)).ConvertAll(row => row.RowKey);

    private async Task<CreateRunOutcome> CreateAfterAsync(Task others, Run run, CancellationToken cancellationToken)
    {
        await others.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (await _account.Runs.CreateAsync(run, cancellationToken) is not CreateRunOutcome.Created and var exists)
            return exists;

        await SetBackAsync(run.Id);
        return new CreateRunOutcome.Created(((ReadRunOutcome.Found)await ReadAsync(run.Id, cancellationToken)).Version);
    }

    private Task<List<TableEntity>> RowsAsync(RunId run) => _table.QueryAsync<TableEntity>(row => row.PartitionKey == run.Value).ToListAsync().AsTask();

    private async Task SetBackAsync(RunId run)
    {
        var changes = new List<TableTransactionAction>();
        foreach (var row in await RowsAsync(run))
        {
            if (row.RowKey != "run")
                changes.Add(new TableTransactionAction(TableTransactionActionType.Delete, new TableEntity(run.Value, row.RowKey)));

            row.RowKey = row.RowKey == "run" ? "events" : row.RowKey.StartsWith("state-", StringComparison.Ordinal) ? "run" : row.RowKey.Replace($"{run}-", "", StringComparison.Ordinal);
            row.Remove("v");
            if (row.RowKey == "run")
                row["v"] = 1;

            changes.Add(new TableTransactionAction(TableTransactionActionType.UpsertReplace, row));
        }

        await _table.SubmitTransactionAsync(changes);
    }
}
