using System.Diagnostics;
using Stepwell.Testing.Azurite;

namespace Stepwell.EndToEnd.Tests.Sample;

public sealed class RunCommandTests
{
    [Theory]
    [InlineData("--onec", "unknown option '--onec'")]
    [InlineData("--from", "--from needs a date")]
    public async Task A_wrong_option_is_named_and_nothing_is_started(string option, string complaint)
    {
        var (exitCode, output) = await RunAsync(option);

        Assert.Equal(2, exitCode);
        Assert.Contains(complaint, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_names_every_option()
    {
        var (exitCode, output) = await RunAsync("--help");

        Assert.Equal(0, exitCode);
        Assert.All(["--once", "--embedded", "--from", "--until"], option => Assert.Contains(option, output, StringComparison.Ordinal));
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(string option)
    {
        var start = new ProcessStartInfo("bash", [Path.Combine(Repository.Root, "run"), option])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output + await errors);
    }
}
