using System.Text;
using System.Text.Json;
using Azure.Core;
using Azure.Core.Pipeline;

namespace Stepwell.Storage.Tests.Azure;

/// <summary>Refuses what Azure refuses and Azurite takes, so that a test on Azurite says something about Azure.</summary>
internal sealed class AzureLimits : AsyncPolicy
{
    private const int MaxRows = 100;
    private const int MaxTransactionBytes = 4 * 1024 * 1024;
    private const int MaxEntityBytes = 1024 * 1024;
    private const int MaxPropertyBytes = 64 * 1024;
    private const int MaxProperties = 252;
    private const int MaxKeyBytes = 1024;

    /// <summary>Whether a path (the account, then the queue, table or container) goes on to a message, a row or a blob.</summary>
    private static bool IsWithin(string path) => path.Contains("(PartitionKey", StringComparison.Ordinal) || path.Trim('/').Count(c => c == '/') > 1;

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        var request = message.Request;
        if (Faults.IsTransaction(request))
            CheckTransaction(await SentRequest.BodyAsync(request, message.CancellationToken));
        else if (request.Headers.Contains("DataServiceVersion") && request.Content is not null)
            CheckEntity(await SentRequest.BodyAsync(request, message.CancellationToken), request);
        else if (request.Method == RequestMethod.Delete && request.Uri.Query.Length == 0 && !IsWithin(request.Uri.Path))
            throw new AzureRefusedException($"{request.Uri} is deleted; Azure would not have it created again for half a minute.");

        await ProcessNextAsync(message, pipeline);
    }

    public static void CheckTransaction(string body)
    {
        var changes = TableChange.ReadTransaction(body);
        Require(changes.Count is > 0 and <= MaxRows, $"InvalidInput: a transaction of {changes.Count} rows");
        Require(changes.Select(change => change.Partition).Distinct().Count() == 1, "CommandsInBatchActOnDifferentPartitions");
        Require(changes.Select(change => change.Row).Distinct().Count() == changes.Count, "InvalidDuplicateRow");
        Require(Encoding.UTF8.GetByteCount(body) <= MaxTransactionBytes, $"RequestBodyTooLarge: a transaction of {Encoding.UTF8.GetByteCount(body)} bytes");
        foreach (var change in changes)
            Check(change);
    }

    private static void CheckEntity(string body, Request request)
    {
        var entity = JsonDocument.Parse(body).RootElement;
        if (!entity.TryGetProperty("TableName", out _))
            Check(TableChange.Of(request.Method.ToString(), request.Uri.ToString()).WithEntity(entity));
    }

    private static void Check(TableChange change)
    {
        Require(change.Bytes <= MaxEntityBytes, $"EntityTooLarge: {change.Row} has {change.Bytes} bytes");
        Require(change.Properties.Count <= MaxProperties, $"TooManyProperties: {change.Row} has {change.Properties.Count}");
        foreach (var (name, bytes) in change.Properties)
            Require(bytes <= MaxPropertyBytes, $"PropertyValueTooLarge: {name} of {change.Row} has {bytes} bytes");

        foreach (var key in (ReadOnlySpan<string>)[change.Partition, change.Row])
        {
            Require(2 * key.Length <= MaxKeyBytes, $"KeyValueTooLarge: {key}");
            Require(key.Length > 0 && !key.Any(c => c is '/' or '\\' or '#' or '?' || char.IsControl(c)), $"OutOfRangeInput: the key '{key}'");
        }
    }

    private static void Require(bool condition, string problem)
    {
        if (!condition)
            throw new AzureRefusedException(problem);
    }
}
