namespace Stepwell.Samples.WaitingList.Watch;

/// <summary>Lines of plain text, for logs and pipes.</summary>
public sealed class PlainDisplay(TextWriter output) : IDisplay
{
    public void Note(string text) => output.WriteLine(text);

    public void Doing(string text)
    {
    }

    public void Attempt(ShownAttempt attempt) => output.WriteLine(
        $"{attempt.Position,4}  {attempt.Step,-24} attempt {attempt.Number}  {attempt.TookText,8}  {(attempt.Succeeded ? "ok    " : "failed")}  {attempt.Result}");

    public void Progress(int done, int total)
    {
    }
}
