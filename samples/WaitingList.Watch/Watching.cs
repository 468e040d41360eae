using System.Globalization;
using System.Text.Json;

namespace Stepwell.Samples.WaitingList.Watch;

/// <summary>Sends <c>invite.users</c>, or takes up the one that was interrupted, and shows its run to the end.</summary>
public sealed class Watching(ExecutorClient executor, IDisplay display, WatchSettings settings, TimeProvider time)
{
    private readonly HashSet<(string Step, int Attempt)> _shown = [];
    private readonly List<string> _order = [];

    public async Task<Answers.Run> RunAsync(CancellationToken cancellationToken)
    {
        await executor.WaitForFunctionAsync("waiting-list-invite", settings.App, cancellationToken);

        var current = CurrentEvent.Read(settings.CurrentEventFile);
        if (current is not null)
            display.Note("A run was interrupted; it goes on where it stopped.");
        current ??= CurrentEvent.Create(settings.CurrentEventFile, settings.From, settings.Until, time.GetUtcNow());

        var eventId = await executor.SendAsync(current, cancellationToken);
        display.Note($"Event {eventId}: {current.Body}");
        var run = await FollowAsync(await executor.WaitForRunAsync(eventId, cancellationToken), cancellationToken);
        File.Delete(settings.CurrentEventFile);
        return run;
    }

    private async Task<Answers.Run> FollowAsync(string runId, CancellationToken cancellationToken)
    {
        display.Note($"Run   {runId}");
        while (true)
        {
            var run = await executor.ReadRunAsync(runId, cancellationToken);
            Show(run);
            if (run.Ended)
                return run;
            await executor.PauseAsync(cancellationToken);
        }
    }

    private void Show(Answers.Run run)
    {
        var steps = run.Steps ?? [];
        var finished =
            from step in steps
            from attempt in step.Attempts ?? []
            where attempt.EndedAt is not null && _shown.Add((step.Id, attempt.Number))
            orderby attempt.EndedAt
            select (step, attempt);
        foreach (var (step, attempt) in finished.ToList())
            display.Attempt(ShownAttempt.From(Position(step), step, attempt));

        display.Progress(steps.Count(step => step.Status == "Completed"), Expected(steps));
        var open = steps.Where(step => step.Status is "Planned" or "Retrying").Select(Doing).DefaultIfEmpty("going on");
        display.Doing(run.Ended ? run.Status : string.Join(", ", open));
    }

    private string Doing(Answers.Step step) => step is { Status: "Retrying", DueAt: { } due } && due - time.GetUtcNow() is { Ticks: > 0 } pause
        ? $"{step.Name} again in {pause.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture)} s"
        : step.Name ?? step.Id;

    private int Position(Answers.Step step)
    {
        if (!_order.Contains(step.Id))
            _order.Add(step.Id);
        return _order.IndexOf(step.Id) + 1;
    }

    // The list, then for each person on it a code and a mail.
    private static int Expected(Answers.Step[] steps) =>
        steps.FirstOrDefault(step => step.Output.ValueKind == JsonValueKind.Array) is { } list ? 1 + (2 * list.Output.GetArrayLength()) : 3;
}
