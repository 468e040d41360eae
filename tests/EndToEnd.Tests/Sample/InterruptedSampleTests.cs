namespace Stepwell.EndToEnd.Tests.Sample;

/// <summary>The sample's mails, codes and journal lie outside the executor's storage: what they show was really done.</summary>
public abstract class InterruptedSampleTests
{
    // Long enough to be killed in the middle of.
    protected static readonly (string Name, string Value) SlowMails = ("MailLatency", "00:00:03");

    internal static async Task AssertEverythingWasDoneOnceAsync(SampleWorld world, string eventId)
    {
        var run = await world.WaitForEndAsync(eventId);

        Assert.True(run.Status == "Completed", run.ToString());
        Assert.Equal(5, run.Output.GetProperty("invited").GetInt32());
        Assert.Equal(SampleTests.SignedUpInNovember, SampleTests.Addressees(world));
        Assert.Equal(11, world.Journal.Length);
        Assert.Equal(11, world.Journal.Distinct().Count());
    }
}
