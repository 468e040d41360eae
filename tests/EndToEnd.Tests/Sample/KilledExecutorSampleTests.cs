using Stepwell.EndToEnd.Tests.Server;
using Stepwell.Testing.Azurite;

namespace Stepwell.EndToEnd.Tests.Sample;

public sealed class KilledExecutorSampleTests(AzuriteFixture azurite) : InterruptedSampleTests, IClassFixture<AzuriteFixture>
{
    [Theory]
    [InlineData]
    [InlineData(ExecutorServer.AsFunctions)]
    public async Task An_executor_that_is_killed_again_and_again_sends_each_mail_once(params string[] kind)
    {
        await using var world = await SampleWorld.StartAsync([.. kind, .. ExecutorServer.NewStorageOn(azurite)], SlowMails);
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
}
