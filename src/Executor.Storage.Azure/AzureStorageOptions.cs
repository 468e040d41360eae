using Azure.Core;
using Azure.Core.Pipeline;

namespace Stepwell.Executor.Storage.Azure;

/// <summary>Which storage account, and what its tables, queues and containers are called.</summary>
public sealed class AzureStorageOptions
{
    private const int MaxShards = 64;

    /// <summary>The account by connection string; <c>UseDevelopmentStorage=true</c> is Azurite on its usual ports.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>The account by name; who calls is then found by <see cref="Credential"/>.</summary>
    public string? AccountName { get; set; }

    /// <summary>What the host names of an account given by name end with; other clouds have others.</summary>
    public string EndpointSuffix { get; set; } = "core.windows.net";

    /// <summary>Who calls an account given by name. Null takes the managed identity, or whatever else <c>DefaultAzureCredential</c> finds.</summary>
    public TokenCredential? Credential { get; set; }

    /// <summary>What all names begin with: 3 to 20 lower-case letters and digits, a letter first.</summary>
    public string Prefix { get; set; } = "stepwell";

    /// <summary>The number of work queues, 1 to 64. All executors of an account use the same; it must not shrink while work is queued.</summary>
    public int Shards { get; set; } = 1;

    /// <summary>Policies that see every request, such as <see cref="RequestCounter"/>.</summary>
    public IList<HttpPipelinePolicy> Policies { get; } = [];

    /// <exception cref="ArgumentException">An option cannot be used; the message says which and why.</exception>
    internal void Validate()
    {
        if (string.IsNullOrWhiteSpace(ConnectionString) == string.IsNullOrWhiteSpace(AccountName))
            throw new ArgumentException("Give the storage account either by ConnectionString or by AccountName.");

        if (!string.IsNullOrWhiteSpace(AccountName) && (AccountName.Length is < 3 or > 24 || !AccountName.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c))))
            throw new ArgumentException($"The AccountName '{AccountName}' is not the name of a storage account: 3 to 24 lower-case letters and digits.");

        if (Prefix.Length is < 3 or > 20 || !char.IsAsciiLetterLower(Prefix[0]) || !Prefix.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c)))
            throw new ArgumentException($"The prefix '{Prefix}' must be 3 to 20 lower-case letters and digits and begin with a letter, as the names of tables, queues and containers do.");

        if (Shards is < 1 or > MaxShards)
            throw new ArgumentException($"{Shards} shards were asked for; it must be 1 to {MaxShards}.");
    }
}
