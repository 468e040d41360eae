namespace Stepwell.Executor.Hosting;

/// <summary>One setting by its name: <c>--signing-key</c> on the command line, <c>STEPWELL_SIGNING_KEY</c> in the environment, <c>Stepwell:SigningKey</c> in appsettings.json.</summary>
public sealed record Setting(string Name, string Value, string Description, bool Many = false)
{
    public static Setting Host { get; } = new("host", "ADDRESS", "Address to listen on (default 127.0.0.1).");

    public static Setting Port { get; } = new("port", "NUMBER", "Port to listen on (default 8288; 0 takes a free one).");

    public static Setting Dev { get; } = new("dev", "", "Development mode: no keys are asked for; listens on loopback only.");

    public static Setting EventKey { get; } = new("event-key", "KEY", "Key that senders of events know; may be given several times.", Many: true);

    public static Setting SigningKey { get; } = new("signing-key", "KEY", "Key that signs calls and that apps register with: signkey-<env>-<hex>.");

    public static Setting SigningKeyFallback { get; } = new("signing-key-fallback", "KEY", "The key that is being rotated out.");

    public static Setting Storage { get; } = new("storage", "CONNECTION", "Connection string of a storage account, or UseDevelopmentStorage=true.");

    public static Setting StorageAccount { get; } = new("storage-account", "NAME", "Name or URL of a storage account, used with managed identity. Without --storage and --storage-account the state lives in memory.");

    public static Setting StoragePrefix { get; } = new("storage-prefix", "TEXT", "What the names of tables, queues and containers begin with (default stepwell).");

    public static Setting Shards { get; } = new("shards", "NUMBER", "Number of work queues, 1 to 64 (default 1). It must not shrink while work is queued.");

    public static Setting App { get; } = new("app", "URL", "Serve endpoint of an app that is asked to register, until it has and again when its functions change; may be given several times.", Many: true);

    public static Setting RetryInterval { get; } = new("retry-interval", "SECONDS", "Waits so long before every retry instead of 15 s to 2 h.");

    public static Setting RetentionDays { get; } = new("retention-days", "DAYS", "How long after its end a run can still be read, 1 to 3650 (default 30); 0: for ever.");

    public static Setting Concurrency { get; } = new("concurrency", "NUMBER", "Messages worked on at a time, 1 to 1000 (default 250).");

    public static IReadOnlyList<Setting> All { get; } =
        [Host, Port, Dev, EventKey, SigningKey, SigningKeyFallback, Storage, StorageAccount, StoragePrefix, Shards, App, RetryInterval, RetentionDays, Concurrency];

    public string Option => $"--{Name}";

    public string Variable => $"STEPWELL_{Name.Replace('-', '_').ToUpperInvariant()}";

    public string Key => $"Stepwell:{string.Concat(Name.Split('-').Select(word => char.ToUpperInvariant(word[0]) + word[1..]))}";
}
