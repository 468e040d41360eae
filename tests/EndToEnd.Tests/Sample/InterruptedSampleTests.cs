using Stepwell.Testing.Azurite;

namespace Stepwell.EndToEnd.Tests.Sample;

/// <summary>The sample's mails, codes and journal lie outside the executor's storage: what they show was really done.</summary>
public sealed class InterruptedSampleTests(AzuriteFixture azurite) : IClassFixture<AzuriteFixture>
{
    // Long enough to be killed in the middle of.
    private static readonly (string, string) s_slowMails = ("MailLatency", "00:00:03");

    [Fact]
    public async Task An_executor_that_is_killed_again_and_again_sends_each_mail_once()
    {
        await using var world = await SampleWorld.StartAsync(azurite.ConnectionString, s_slowMails);
        var eventId = await world.SendAsync("invite.users", SampleTests.November);

        // With 2 steps done the first mail is on its way, with 6 the third.
        foreach (var done in (int[])[2, 6])
        {
            await world.Executor.WaitForAsync(eventId, run => run.CompletedSteps.Count == done);
            await world.Executor.KillAsync();
            await world.Executor.StartAgainAsync();
        }

        await AssertEverythingWasDoneOnceAsync(world, eventId);
    }

    [Fact]
    public async Task A_sample_that_is_killed_is_called_again_and_sends_each_mail_once()
    {
        await using var world = await SampleWorld.StartAsync(azurite.ConnectionString, retryInterval: 10, s_slowMails);
        var eventId = await world.SendAsync("invite.users", SampleTests.November);

        await world.Executor.WaitForAsync(eventId, run => run.CompletedSteps.Count == 4);
        await world.KillSampleAndStartItAgainAsync();

        await AssertEverythingWasDoneOnceAsync(world, eventId);
    }

    private static async Task AssertEverythingWasDoneOnceAsync(SampleWorld world, string eventId)
    {
        var run = await world.WaitForEndAsync(eventId);

        Assert.True(run.Status == "Completed", run.ToString());
        Assert.Equal(5, run.Output.GetProperty("invited").GetInt32());
        Assert.Equal(SampleTests.SignedUpInNovember, SampleTests.Addressees(world));
        Assert.Equal(11, world.Journal.Length);
        Assert.Equal(11, world.Journal.Distinct().Count());
    }
}
