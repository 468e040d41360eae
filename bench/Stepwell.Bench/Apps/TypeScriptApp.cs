using System.Globalization;
using Stepwell.Testing.Azurite;

namespace Stepwell.Bench.Apps;

/// <summary>The functions by the shipped TypeScript SDK, in a process of Node's.</summary>
internal static class TypeScriptApp
{
    private const string ReportMark = "@report";
    private const string ListeningMark = "@listening";

    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    public static async Task<IAsyncDisposable> StartAsync(Uri executor, Reports reports, bool checkpoints, CancellationToken cancellationToken)
    {
        var folder = Path.Combine(Repository.Root, "bench", "typescript-app");
        await NodeModules.EnsureAsync(folder, cancellationToken);
        var port = FreePort.Take();
        var listening = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        string[] arguments = [Path.Combine(folder, "app.mjs"), executor.ToString(), port.ToString(CultureInfo.InvariantCulture), checkpoints ? "checkpoints" : ""];
        var app = new ChildProcess("node", arguments, line =>
        {
            if (line == ListeningMark)
                listening.TrySetResult();
            else if (line.StartsWith(ReportMark, StringComparison.Ordinal))
                reports.Add(Parse(line));
        });
        try
        {
            await listening.Task.WaitAsync(s_patience, cancellationToken);
            await RegisterAsync(new Uri($"http://127.0.0.1:{port}/api/stepwell"), cancellationToken);
            return app;
        }
        catch (Exception exception) when (exception is TimeoutException or HttpRequestException)
        {
            var lines = app.LastLines;
            await app.DisposeAsync();
            throw new BenchException($"The TypeScript app did not start ({exception.Message}); it printed:\n{lines}");
        }
    }

    // As a deployment does: asked to, the app registers with its executor.
    private static async Task RegisterAsync(Uri url, CancellationToken cancellationToken)
    {
        using var http = new HttpClient();
        using var answer = await http.PutAsync(url, null, cancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    private static Report Parse(string line)
    {
        var parts = line.Split(' ');
        var at = DateTimeOffset.UnixEpoch.AddMilliseconds(double.Parse(parts[4], CultureInfo.InvariantCulture));
        return new Report(parts[1], int.Parse(parts[2], CultureInfo.InvariantCulture), parts[3], at);
    }
}
