using System.Diagnostics;

namespace Stepwell.Testing.Azurite;

/// <summary>Installs the npm packages of a folder's lock file where they are missing; test projects that run at the same time wait for one another.</summary>
public static class NodeModules
{
    private static readonly TimeSpan s_lockPause = TimeSpan.FromMilliseconds(200);

    public static async Task EnsureAsync(string folder, CancellationToken cancellationToken = default)
    {
        if (IsInstalled(folder))
            return;

        await using var held = await LockAsync(Path.Combine(folder, "node_modules.lock"), cancellationToken);
        if (!IsInstalled(folder))
            await InstallAsync(folder, cancellationToken);
    }

    // npm writes this file when everything else is in place.
    private static bool IsInstalled(string folder) => File.Exists(Path.Combine(folder, "node_modules", ".package-lock.json"));

    private static async Task<FileStream> LockAsync(string path, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
            }
            catch (IOException) when (File.Exists(path))
            {
                await Task.Delay(s_lockPause, cancellationToken);
            }
        }
    }

    private static async Task InstallAsync(string folder, CancellationToken cancellationToken)
    {
        using var npm = Process.Start(new ProcessStartInfo(OperatingSystem.IsWindows() ? "npm.cmd" : "npm", ["ci", "--no-audit", "--no-fund", "--loglevel", "error"])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var output = npm.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = npm.StandardError.ReadToEndAsync(cancellationToken);
        await npm.WaitForExitAsync(cancellationToken);
        if (npm.ExitCode != 0)
            throw new InvalidOperationException($"npm ci failed in {folder}: {await errors}{await output}");
    }
}
