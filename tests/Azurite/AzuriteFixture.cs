namespace Stepwell.Testing.Azurite;

/// <summary>
/// For xunit: <c>IClassFixture&lt;AzuriteFixture&gt;</c>. All fixtures of a test process share one Azurite, which ends with the process; tests keep apart by
/// <see cref="NewPrefix"/>.
/// </summary>
public sealed class AzuriteFixture : IAsyncLifetime
{
    private static readonly Lazy<Task<AzuriteProcess>> s_shared = new(() => AzuriteProcess.StartAsync());

    private AzuriteProcess? _azurite;

    public string ConnectionString => _azurite!.ConnectionString;

    /// <summary>A prefix for names of tables, queues and containers that no other test has.</summary>
    public static string NewPrefix() => $"t{Guid.NewGuid():N}"[..16];

    public async Task InitializeAsync() => _azurite = await s_shared.Value;

    public Task DisposeAsync() => Task.CompletedTask;
}
