namespace Stepwell.EndToEnd.Tests.Npm;

/// <summary>For xunit: <c>IClassFixture&lt;ClientWorlds&gt;</c> on each class that uses <see cref="ClientWorld.OfAsync"/>. The worlds end with the last of them.</summary>
public sealed class ClientWorlds : IAsyncLifetime
{
    private static int s_classes;

    public Task InitializeAsync()
    {
        Interlocked.Increment(ref s_classes);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        if (Interlocked.Decrement(ref s_classes) == 0)
            await ClientWorld.EndAllAsync();
    }
}
