using Azure;
using Azure.Data.Tables;

namespace Stepwell.Bench.Core.Codecs;

/// <summary>A table that answers each transaction at once and keeps nothing.</summary>
internal sealed class AnsweringTable : TableClient
{
    private static readonly Response s_one = new WrittenAnswer();

    public override Task<Response<IReadOnlyList<Response>>> SubmitTransactionAsync(
        IEnumerable<TableTransactionAction> transactionActions, CancellationToken cancellationToken = default) =>
        Task.FromResult(Response.FromValue<IReadOnlyList<Response>>([.. transactionActions.Select(_ => s_one)], s_one));
}
