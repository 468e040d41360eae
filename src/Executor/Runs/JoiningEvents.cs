using System.Text.Json;
using Stepwell.Executor.FlowControl;
using Stepwell.Protocol.Json;

namespace Stepwell.Executor.Runs;

/// <summary>Further events for a run that has not begun yet: a debounced run takes the last of them, a batch all.</summary>
public static class JoiningEvents
{
    /// <summary>Whether further events may join: its first call is still to come, and nobody is about to make it.</summary>
    public static bool IsOpen(Run run, DateTimeOffset now) =>
        run is { IsLive: true, StartedAt: null, Discovery: { Number: 0, Attempt: 0, Dispatch: 0 } open } && open.Due > now && run.Claims.IsEmpty;

    /// <summary>Whether an event is among those of a run.</summary>
    public static bool Has(Run run, RawJson happened)
    {
        var id = Text(happened, "id");
        return run.Events.Any(other => Text(other, "id") == id);
    }

    /// <summary>Whether an event is the first of a run.</summary>
    public static bool Begins(Run run, RawJson happened) => Text(run.Events[0], "id") == Text(happened, "id");

    internal static void Debounce(RunDraft draft, RawJson happened, Debounce rule)
    {
        if (!IsOpen(draft.Run, draft.Now))
            return;

        // Of two events the later one counts by its own time, in whatever order they come.
        if (TimeOf(happened) >= TimeOf(draft.Run.Events[0]) && !Has(draft.Run, happened))
            draft.Run = draft.Run with { Events = [happened] };

        PutOff(draft, rule.DueAt(draft.Run.CreatedAt, draft.Now));
    }

    internal static void Batch(RunDraft draft, RawJson happened, Batch rule)
    {
        if (!IsOpen(draft.Run, draft.Now) || Has(draft.Run, happened))
            return;

        draft.Run = draft.Run with { Events = draft.Run.Events.Add(happened) };
        if (rule.IsFull(draft.Run.Events.Length, draft.Run.Events.Sum(one => (long)one.Length)))
            PutOff(draft, draft.Now);
    }

    private static void PutOff(RunDraft draft, DateTimeOffset due)
    {
        var open = draft.Run.Discovery!;
        if (due == open.Due)
            return;

        // A message that comes at the former time is put back for the rest; only an earlier time needs one of its own.
        var holder = due < open.Due ? draft.PlaceCall(open.Key, due) : open.Holder;
        draft.Run = draft.Run with { Discovery = open with { Due = due, Holder = holder, Origin = draft.By.Message } };
    }

    private static long TimeOf(RawJson happened)
    {
        using var document = happened.Parse();
        return document.RootElement.TryGetProperty("ts", out var ts) && ts.ValueKind == JsonValueKind.Number && ts.TryGetInt64(out var time) ? time : 0;
    }

    private static string? Text(RawJson happened, string name)
    {
        using var document = happened.Parse();
        return document.RootElement.TryGetProperty(name, out var value) ? value.GetRawText() : null;
    }
}
