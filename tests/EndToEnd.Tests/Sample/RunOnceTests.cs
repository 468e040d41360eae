using Stepwell.Testing.Azurite;

namespace Stepwell.EndToEnd.Tests.Sample;

/// <summary>The main job by its one command, from start to exit code.</summary>
public sealed class RunOnceTests(AzuriteFixture azurite) : IClassFixture<AzuriteFixture>, IDisposable
{
    private readonly RunFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Embedded_it_needs_no_Node_and_ends_with_0_when_the_run_has_completed()
    {
        foreach (var tool in (string[])["node", "npm"])
            _folder.AddTool(tool, "echo 'Node was asked for' >&2; exit 1");

        using var run = _folder.Run(["--once", "--embedded"]);

        Assert.True(await run.WaitForExitAsync() == 0, run.Output);
        Assert.DoesNotContain("Node was asked for", run.Output, StringComparison.Ordinal);
        Assert.Contains("""Completed in""", run.Output, StringComparison.Ordinal);
        Assert.Equal(5, _folder.Mails(".data/embedded").Length);
        Assert.Equal(11, _folder.Journal(".data/embedded").Distinct().Count());
    }

    [Fact]
    public async Task A_run_that_fails_ends_it_with_1_and_the_reason()
    {
        await File.AppendAllTextAsync(_folder.SignUps, "Nobody,nobody@example.com,yesterday\n");

        using var run = _folder.Run(["--once", "--embedded"]);

        Assert.True(await run.WaitForExitAsync() == 1, run.Output);
        Assert.Contains("Failed", run.Output, StringComparison.Ordinal);
        Assert.Contains("Cannot read", run.Output, StringComparison.Ordinal);
        Assert.Contains("./run: the run did not complete.", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_executor_that_is_killed_meanwhile_is_started_again_and_finishes_the_run()
    {
        // Only so that what Azurite needs is installed.
        Assert.NotEmpty(azurite.ConnectionString);
        using var run = _folder.Run(["--once"], ("Sample__MailLatency", "00:00:03"));

        // The first code is kept, the first mail is on its way.
        await Eventually.BecomesTrueAsync(
            () => Task.FromResult(run.HasExited || run.Output.Split('\n').Any(line => line.Contains("create-invite-code", StringComparison.Ordinal) && line.Contains(" ok ", StringComparison.Ordinal))),
            () => run.Output);
        Assert.False(run.HasExited, run.Output);
        using (var executor = _folder.Find("Stepwell.Executor.Server"))
            executor.Kill();

        Assert.True(await run.WaitForExitAsync() == 0, run.Output);
        Assert.Equal(2, _folder.Starts("Stepwell.Executor.Server"));
        Assert.Equal(5, _folder.Mails(".data").Length);
        Assert.Equal(11, _folder.Journal(".data").Length);
        Assert.Equal(11, _folder.Journal(".data").Distinct().Count());
    }
}
