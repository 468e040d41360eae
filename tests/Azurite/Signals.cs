using System.Diagnostics;

namespace Stepwell.Testing.Azurite;

/// <summary>What .NET cannot send to a process.</summary>
internal static class Signals
{
    /// <summary>Asks a process to stop, as <c>kill</c> does.</summary>
    public static async Task TerminateAsync(Process process)
    {
        using var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]);
        await kill.WaitForExitAsync();
    }
}
