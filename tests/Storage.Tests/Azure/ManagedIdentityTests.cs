using System.Net;
using Azure.Core;
using Microsoft.Extensions.DependencyInjection;
using Stepwell.Executor.Ports;
using Stepwell.Executor.Storage.Azure;
using Stepwell.Storage.Tests.Examples;

namespace Stepwell.Storage.Tests.Azure;

/// <summary>An account given by name: its endpoints, and who calls.</summary>
public sealed class ManagedIdentityTests
{
    private readonly SentRequests _sent = new();
    private readonly FakeCredential _credential = new("the-token");

    [Fact]
    public async Task Every_service_of_the_account_is_called_over_https_with_the_token_of_the_identity()
    {
        var services = Services(_credential);

        await TryAsync(() => services.GetRequiredService<IRunStore>().CreateAsync(ExampleRuns.Fresh(), CancellationToken.None));
        await TryAsync(() => services.GetRequiredService<IEventStore>().AddAsync([ExampleEvents.At(ExampleRuns.Now)], CancellationToken.None));
        await TryAsync(() => services.GetRequiredService<IAppStore>().ReadAsync(CancellationToken.None));
        await TryAsync(() => services.GetRequiredService<ILiveIndex>().RemoveAsync(new LiveEntry(ExampleRuns.NewId(), ExampleRuns.Now), CancellationToken.None));
        await TryAsync(() => services.GetRequiredService<IWorkQueue>().SendAsync(0, "x", TimeSpan.Zero, CancellationToken.None));
        await TryAsync(() => services.GetRequiredService<IWorkQueue>().ReceiveAsync(0, 1, TimeSpan.FromMinutes(1), CancellationToken.None));
        await TryAsync(() => services.GetRequiredService<IPayloadStore>().WriteAsync("a/b", new byte[] { 1 }, CancellationToken.None));

        Assert.All(_sent.All, request => Assert.Equal("Bearer the-token", request.Authorization));
        Assert.All(_sent.All, request => Assert.Equal("https", request.Uri.Scheme));
        Assert.Equal(
            ["contoso.blob.core.windows.net", "contoso.queue.core.windows.net", "contoso.table.core.windows.net"],
            _sent.All.Select(request => request.Uri.Host).Distinct().Order(StringComparer.Ordinal));
        Assert.All(_credential.Scopes, scope => Assert.Equal("https://storage.azure.com/.default", scope));
    }

    [Fact]
    public async Task Tables_queues_and_containers_are_called_by_the_prefix()
    {
        var services = Services(_credential, "orders");

        await TryAsync(() => services.GetRequiredService<IAppStore>().ReadAsync(CancellationToken.None));
        await TryAsync(() => services.GetRequiredService<IWorkQueue>().SendAsync(0, "x", TimeSpan.Zero, CancellationToken.None));
        await TryAsync(() => services.GetRequiredService<IPayloadStore>().WriteAsync("a/b", new byte[] { 1 }, CancellationToken.None));

        Assert.Equal(["/ordersapps()", "/orders-runs-00/messages", "/orders-payloads/a/b"], _sent.All.Select(request => request.Uri.AbsolutePath).Distinct());
    }

    [Fact]
    public void Without_a_credential_the_identity_is_looked_for_when_it_is_needed() =>
        Assert.NotNull(Services(credential: null).GetRequiredService<IRunStore>());

    private ServiceProvider Services(TokenCredential? credential, string prefix = "stepwell") => new ServiceCollection().AddAzureStorage(options =>
    {
        options.AccountName = "contoso";
        options.Credential = credential;
        options.Prefix = prefix;
        options.Policies.Add(_sent);
        options.Policies.Add(new NoNetwork());
    }).BuildServiceProvider();

    private async Task TryAsync(Func<Task> operation)
    {
        var before = _sent.All.Count;
        await Assert.ThrowsAsync<HttpListenerException>(operation);
        Assert.True(_sent.All.Count > before);
    }
}
