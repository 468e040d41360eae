using System.Diagnostics;
using System.Reflection;
using System.Text.Json;
using Stepwell.Testing.Azurite;

namespace Stepwell.Functions.Tests;

/// <summary>The real compiler of Bicep.</summary>
internal static class Bicep
{
    private static readonly string s_program = typeof(Bicep).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(one => one.Key == "Bicep").Value!;

    /// <summary>Compiles a file of <c>infra</c>. What the compiler complains of, a warning too, fails the test.</summary>
    public static async Task<JsonElement> CompileAsync(string file)
    {
        var (code, output, problems) = await RunAsync("build", Path.Combine(Repository.Root, "infra", file), "--stdout");
        Assert.True(code == 0 && problems.Length == 0, problems);
        return JsonElement.Parse(output);
    }

    public static async Task<(int Code, string Output, string Problems)> RunAsync(params string[] arguments)
    {
        // A package does not say what may be run.
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(s_program, File.GetUnixFileMode(s_program) | UnixFileMode.UserExecute);
        var start = new ProcessStartInfo(s_program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] = "1";
        start.Environment["STEPWELL_EVENT_KEY"] = "event-key";
        start.Environment["STEPWELL_SIGNING_KEY"] = "signkey-prod-0123456789abcdef";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var problems = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, (await problems).Trim());
    }
}
