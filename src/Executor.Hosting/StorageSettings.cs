using System.Collections.Immutable;
using Azure.Core.Pipeline;

namespace Stepwell.Executor.Hosting;

/// <summary>Where the state is kept.</summary>
public abstract record StorageSettings
{
    private StorageSettings() { }

    /// <summary>In the process: nothing survives it.</summary>
    public sealed record Embedded : StorageSettings;

    /// <summary>An account by connection string.</summary>
    public sealed record Connection(string Text, string Prefix, int Shards) : StorageSettings
    {
        /// <summary>Policies that see every request, such as the counter of the benchmark.</summary>
        public ImmutableArray<HttpPipelinePolicy> Policies { get; init; } = [];
    }

    /// <summary>An account by name and the cloud it is in, with managed identity: the one of this client id, if there are several.</summary>
    public sealed record Account(string Name, string Suffix, string Prefix, int Shards) : StorageSettings
    {
        public string? ClientId { get; init; }
    }
}
