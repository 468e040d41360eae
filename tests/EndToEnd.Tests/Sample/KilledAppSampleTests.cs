using Stepwell.EndToEnd.Tests.Server;
using Stepwell.Testing.Azurite;

namespace Stepwell.EndToEnd.Tests.Sample;

public sealed class KilledAppSampleTests(AzuriteFixture azurite) : InterruptedSampleTests, IClassFixture<AzuriteFixture>
{
    [Fact]
    public async Task A_sample_that_is_killed_is_called_again_and_sends_each_mail_once()
    {
        await using var world = await SampleWorld.StartAsync(ExecutorServer.NewStorageOn(azurite), retryInterval: 10, SlowMails);
        var eventId = await world.SendAsync("invite.users", SampleTests.November);

        await world.Executor.WaitForAsync(eventId, run => run.CompletedSteps.Count == 4);
        await world.KillSampleAndStartItAgainAsync();

        await AssertEverythingWasDoneOnceAsync(world, eventId);
    }
}
