using MimeKit;

namespace Stepwell.EndToEnd.Tests.Sample;

public abstract class SampleTests
{
    internal static readonly object November = new { from = "2026-11-01T00:00:00Z", until = "2026-12-01T00:00:00Z" };

    internal static readonly string[] SignedUpInNovember =
        ["ada@example.com", "edsger@example.com", "grace@example.com", "katherine@example.com", "margaret@example.com"];

    /// <summary>The executor's arguments that choose its storage, which is empty, and its host.</summary>
    protected abstract string[] Storage { get; }

    [Fact]
    public async Task Everybody_who_signed_up_in_the_period_gets_one_mail_and_nobody_two()
    {
        await using var world = await SampleWorld.StartAsync(Storage, ("MailLatency", "00:00:00.010"));

        var run = await world.WaitForEndAsync(await world.SendAsync("invite.users", November));

        Assert.Equal("Completed", run.Status);
        Assert.Equal(5, run.Output.GetProperty("invited").GetInt32());
        Assert.Equal(SignedUpInNovember, Addressees(world));
        Assert.Equal(11, run.CompletedSteps.Count);
    }

    [Fact]
    public async Task The_mail_that_is_turned_away_is_sent_again_when_its_server_wished()
    {
        await using var world = await SampleWorld.StartAsync(Storage, ("MailLatency", "00:00:00.010"));

        var run = await world.WaitForEndAsync(await world.SendAsync("invite.users", November));

        var retried = Assert.Single(run.Steps, step => step.GetProperty("attempts").GetArrayLength() > 1);
        var attempts = retried.GetProperty("attempts");
        Assert.Equal("send-invite-mail", retried.GetProperty("name").GetString());
        Assert.Equal(2, attempts.GetArrayLength());
        Assert.Contains("451 Greylisted", attempts[0].GetProperty("error").GetRawText(), StringComparison.Ordinal);
        var pause = attempts[1].GetProperty("started_at").GetDateTimeOffset() - attempts[0].GetProperty("ended_at").GetDateTimeOffset();
        Assert.InRange(pause, TimeSpan.FromSeconds(1.9), TimeSpan.MaxValue);
    }

    [Fact]
    public async Task Products_are_imported_each_in_a_step_of_its_own()
    {
        await using var world = await SampleWorld.StartAsync(Storage);

        var run = await world.WaitForEndAsync(await world.SendAsync("products.import", new { }));

        Assert.Equal("Completed", run.Status);
        Assert.Equal(6, run.Output.GetProperty("imported").GetInt32());
        Assert.Equal(115.00m, run.Output.GetProperty("worth").GetDecimal());
        Assert.Equal(7, run.CompletedSteps.Count);
        Assert.Equal(6, world.Journal.Distinct().Count());
        Assert.Equal(6, world.Journal.Length);
    }

    [Fact]
    public async Task The_drip_campaign_sleeps_between_its_mails()
    {
        await using var world = await SampleWorld.StartAsync(
            Storage, ("DripPause", "00:00:02"), ("MailLatency", "00:00:00.010"));

        var run = await world.WaitForEndAsync(
            await world.SendAsync("account.created", new { email = "ada@example.com", name = "Ada" }));

        Assert.Equal("Completed", run.Status);
        Assert.Equal(3, world.Mails.Length);
        Assert.Equal(5, run.CompletedSteps.Count);
        Assert.Equal(2, run.Steps.Count(step => step.GetProperty("op").GetString() == "Sleep"));
    }

    [Fact]
    public async Task A_list_that_cannot_be_read_fails_the_run_with_its_file_and_row()
    {
        var list = Path.GetTempFileName();
        await File.WriteAllTextAsync(list, "name,email,signed_up\nAda,ada@example.com,yesterday\n");
        await using var world = await SampleWorld.StartAsync(Storage, ("SignUps", list));

        var run = await world.WaitForEndAsync(await world.SendAsync("invite.users", November));
        File.Delete(list);

        Assert.Equal("Failed", run.Status);
        Assert.Contains(list, run.ToString(), StringComparison.Ordinal);
        Assert.Empty(world.Mails);
    }

    [Fact]
    public async Task Another_list_invites_its_own_people()
    {
        var list = Path.GetTempFileName();
        await File.WriteAllTextAsync(list, "name,email,signed_up\n\"Noether, Emmy\",emmy@example.com,2026-11-03T08:00:00Z\nAda,ada@example.com,2026-10-03T08:00:00Z\n");
        await using var world = await SampleWorld.StartAsync(Storage, ("SignUps", list), ("MailLatency", "00:00:00.010"));

        var run = await world.WaitForEndAsync(await world.SendAsync("invite.users", November));
        File.Delete(list);

        Assert.Equal("Completed", run.Status);
        Assert.Equal(["emmy@example.com"], Addressees(world));
    }

    internal static string[] Addressees(SampleWorld world) =>
        [.. world.Mails.Select(file => MimeMessage.Load(file).To.Mailboxes.Single().Address).Order(StringComparer.Ordinal)];
}
