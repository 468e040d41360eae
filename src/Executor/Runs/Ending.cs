using Stepwell.Protocol.Json;

namespace Stepwell.Executor.Runs;

/// <summary>Ends runs, and drops what they still had to do.</summary>
internal static class Ending
{
    public static void Complete(RunDraft draft, RawJson output) => End(draft, new RunOutcome.Completed(output, draft.Now));

    public static void Fail(RunDraft draft, RawJson error) => End(draft, new RunOutcome.Failed(error, draft.Now));

    public static void Cancel(RunDraft draft, string reason) => End(draft, new RunOutcome.Cancelled(reason, draft.Now));

    private static void End(RunDraft draft, RunOutcome outcome)
    {
        foreach (var step in draft.Run.Steps.Values)
        {
            if (step.IsPending)
                draft.Put(step with { State = new StepState.Abandoned() });
        }

        draft.Run = draft.Run with { Outcome = outcome, Discovery = null };
    }
}
