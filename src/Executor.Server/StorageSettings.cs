namespace Stepwell.Executor.Server;

/// <summary>Where the state is kept.</summary>
public abstract record StorageSettings
{
    private StorageSettings() { }

    /// <summary>In the process: nothing survives it.</summary>
    public sealed record Embedded : StorageSettings;

    /// <summary>An account by connection string.</summary>
    public sealed record Connection(string Text, string Prefix, int Shards) : StorageSettings;

    /// <summary>An account by name and the cloud it is in, with managed identity.</summary>
    public sealed record Account(string Name, string Suffix, string Prefix, int Shards) : StorageSettings;
}
