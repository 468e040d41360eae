using Spectre.Console;

namespace Stepwell.Samples.WaitingList.Watch;

/// <summary>The same lines in colour, above a bar that moves.</summary>
public sealed class TerminalDisplay(IAnsiConsole console, ProgressTask bar) : IDisplay
{
    public void Note(string text) => console.MarkupLineInterpolated($"[yellow]{text}[/]");

    public void Doing(string text) => bar.Description = Markup.Escape(text);

    public void Attempt(ShownAttempt attempt)
    {
        var (mark, colour) = attempt.Succeeded ? ("✓", "green") : ("✗", "red");
        console.MarkupLine(
            $"[grey]{attempt.Position,4}[/]  [{colour}]{mark}[/] {Markup.Escape(attempt.Step),-24} [grey]attempt[/] {attempt.Number}  "
            + $"[blue]{attempt.TookText,8}[/]  [{colour}]{Markup.Escape(attempt.Result)}[/]");
    }

    public void Progress(int done, int total)
    {
        bar.IsIndeterminate = false;
        bar.MaxValue = total;
        bar.Value = done;
    }
}
