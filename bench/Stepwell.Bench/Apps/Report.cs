namespace Stepwell.Bench.Apps;

/// <summary>What an app tells of a run: that its first step began, that it is about to sleep, that it is awake, that its function has returned.</summary>
internal sealed record Report(string What, int Number, string RunId, DateTimeOffset At)
{
    public const string Began = "began";
    public const string Before = "before";
    public const string After = "after";
    public const string Returned = "returned";
}
