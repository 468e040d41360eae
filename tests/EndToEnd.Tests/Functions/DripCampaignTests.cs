using System.Net;
using Stepwell.EndToEnd.Tests.Server;
using Stepwell.Testing.Azurite;

namespace Stepwell.EndToEnd.Tests.Functions;

/// <summary>The sample whose functions are served from a function app, by an executor that is one too.</summary>
public sealed class DripCampaignTests(AzuriteFixture azurite) : IClassFixture<AzuriteFixture>, IAsyncLifetime
{
    private readonly string _mails = Path.Combine(Directory.CreateTempSubdirectory("stepwell-drip-").FullName, "mails.txt");
    private ExecutorServer? _executor;
    private ServerProcess? _sample;

    private ExecutorServer Executor => _executor!;

    public async Task InitializeAsync()
    {
        _executor = await ExecutorServer.StartAsync([ExecutorServer.AsFunctions, "--dev", "--retry-interval", "1", .. ExecutorServer.NewStorageOn(azurite)]);
        var port = FreePort.Take();
        _sample = FunctionApp.Run(
            "samples/DripCampaign.Functions", "Stepwell.Samples.DripCampaign", port, new Dictionary<string, string> { ["INNGEST_DEV"] = $"{Executor.Url}", ["MAILS"] = _mails });
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}/") };
        // What the deployment does when the app is there.
        await Eventually.BecomesTrueAsync(
            async () =>
            {
                try
                {
                    using var answer = await http.PutAsync(new Uri("api/stepwell", UriKind.Relative), null);
                    return answer.StatusCode == HttpStatusCode.OK;
                }
                catch (HttpRequestException)
                {
                    return false;
                }
            },
            () => $"The sample does not register:\n{_sample.Output}\n{Executor.Output}");
    }

    public async Task DisposeAsync()
    {
        _sample!.Dispose();
        await Executor.DisposeAsync();
    }

    [Fact]
    public async Task Three_mails_go_out_with_pauses_between_them()
    {
        var run = await Executor.WaitForEndAsync(await Executor.SendAsync("account.created", new { email = "ada@example.com", name = "Ada", pause = "00:00:02" }));

        Assert.True(run.Status == "Completed", $"{run}\n{_sample!.Output}");
        Assert.Equal(["ada@example.com: Welcome", "ada@example.com: Did you know?", "ada@example.com: How do you like it?"], MailsTo("ada"));
    }

    [Fact]
    public async Task A_dinner_is_confirmed_at_once_and_reminded_of_two_hours_before()
    {
        var at = DateTimeOffset.UtcNow + TimeSpan.FromHours(2) + TimeSpan.FromSeconds(20);
        var dinner = await Executor.SendAsync("dinner.reserved", new { email = "max@example.com", guests = 4, at });

        await Executor.WaitForAsync(dinner, run => run.Steps.Any(step => step.GetProperty("status").GetString() == "Sleeping"));
        Assert.StartsWith("max@example.com: A table for 4 on ", Assert.Single(MailsTo("max")), StringComparison.Ordinal);

        var run = await Executor.WaitForEndAsync(dinner);
        Assert.True(run.EndedAt >= at - TimeSpan.FromHours(2), $"{run.EndedAt:O} is before {at:O}");
        Assert.Equal($"max@example.com: See you at {at:HH:mm}", MailsTo("max")[^1]);
    }

    private string[] MailsTo(string whom) => [.. File.ReadAllLines(_mails).Where(line => line.StartsWith(whom, StringComparison.Ordinal))];
}
