namespace Stepwell.Samples.WaitingList.Watch;

/// <param name="Executor">Base URL of the executor's API.</param>
/// <param name="App">Where the app serves its functions.</param>
/// <param name="Server">The process that keeps the executor going; null where nobody does.</param>
/// <param name="Data">The folder that holds the outbox and the sample's database.</param>
/// <param name="From">Invite who signed up from this day on …</param>
/// <param name="Until">… and before this one.</param>
/// <param name="Timeout">How long a run may take before watching gives up.</param>
public sealed record WatchSettings(Uri Executor, Uri App, int? Server, string Data, DateOnly From, DateOnly Until, TimeSpan Timeout)
{
    public string CurrentEventFile => Path.Combine(Data, "current-event.json");
}
