using System.Globalization;
using Spectre.Console;

namespace Stepwell.Samples.WaitingList.Watch;

/// <summary>The last words about a run.</summary>
public static class Outcome
{
    /// <returns>The exit code: 0 for a run that completed.</returns>
    public static int Print(Answers.Run run, WatchSettings settings)
    {
        var took = ((run.EndedAt - run.RunStartedAt) ?? TimeSpan.Zero).TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);
        var api = new Uri(settings.Executor, $"v1/runs/{run.RunId}");
        var mails = Directory.Exists(Path.Combine(settings.Data, "outbox"))
            ? Directory.GetFiles(Path.Combine(settings.Data, "outbox"), $"*{run.RunId}.eml").Length
            : 0;

        AnsiConsole.WriteLine();
        if (run.Status != "Completed")
        {
            AnsiConsole.MarkupLineInterpolated($"[red]{run.Status}[/] after {took} s: {ShownAttempt.Whole(run.Output)}");
            AnsiConsole.WriteLine($"  the run   {api}");
            return 1;
        }

        AnsiConsole.MarkupLineInterpolated($"[green]Completed[/] in {took} s: {run.Output.GetRawText()}");
        AnsiConsole.WriteLine($"  mails     {Path.Combine(settings.Data, "outbox")} ({mails} of this run)");
        AnsiConsole.WriteLine($"  codes     {Path.Combine(settings.Data, "sample.db")} (SQLite)");
        AnsiConsole.WriteLine($"  the run   {api}");
        return 0;
    }
}
