using System.Text;
using Azure.Data.Tables;
using Stepwell.Executor.Ports;
using Stepwell.Protocol.Ids;
using Stepwell.Protocol.Json;

namespace Stepwell.Executor.Storage.Azure.Tables;

/// <summary>Translates between waits and their rows.</summary>
internal static class WaitRow
{
    private const string Run = "run";
    private const string Step = "step";
    private const string If = "if";

    // Begins the names of the content that holds what was caught.
    private const string Caught = "c";

    public static async Task<TableEntity> OfAsync(StoredWait wait, Content content, CancellationToken cancellationToken)
    {
        var row = new TableEntity(WaitKeys.Partition(wait.Place), wait.Slot)
        {
            [RowVersion.Column] = RowVersion.Current,
            [Run] = wait.Run.Value,
            [Step] = wait.Step.Value,
        };
        if (wait.If is { } condition)
            await content.PutAsync(row, If, Folder(wait), Encoding.UTF8.GetBytes(condition), cancellationToken);

        if (!wait.RunEvent.IsNull)
            await content.PutAsync(row, Folder(wait), wait.RunEvent.Utf8.ToArray(), cancellationToken);

        return row;
    }

    /// <summary>The part of a wait's row that holds what was caught.</summary>
    public static async Task<TableEntity> CaughtAsync(StoredWait wait, RawJson what, Content content, CancellationToken cancellationToken)
    {
        var row = new TableEntity(WaitKeys.Partition(wait.Place), wait.Slot);
        await content.PutAsync(row, Caught, Folder(wait), what.Utf8.ToArray(), cancellationToken);
        return row;
    }

    public static async Task<StoredWait> ToWaitAsync(TableEntity row, WaitPlace place, Content content, CancellationToken cancellationToken)
    {
        RowVersion.Require(row);
        return new StoredWait
        {
            Place = place,
            Slot = row.RowKey,
            Run = RunId.Parse(row.GetString(Run)),
            Step = StepKey.Parse(row.GetString(Step)),
            If = Content.Has(row, If) ? Encoding.UTF8.GetString((await content.GetAsync(row, If, cancellationToken)).Span) : null,
            RunEvent = Content.Has(row, "") ? new RawJson(await content.GetAsync(row, cancellationToken)) : RawJson.Null,
            Caught = Content.Has(row, Caught) ? new RawJson(await content.GetAsync(row, Caught, cancellationToken)) : null,
            Version = row.ETag.ToString(),
        };
    }

    /// <summary>The folder of the blobs of a run's waits.</summary>
    public static string FolderOf(RunId run) => $"waits/{run}";

    private static string Folder(StoredWait wait) => FolderOf(wait.Run);
}
