using Stepwell.Protocol;
using Stepwell.Protocol.Ops;

namespace Stepwell.Executor.Runs;

/// <summary>
/// What an app reports while its call goes on. Whoever took the call over meanwhile runs the same steps again and may come to other values, so only the
/// present dispatch of discovery is heard.
/// </summary>
public static class Checkpointing
{
    /// <summary>Whether that dispatch of discovery is the present one.</summary>
    public static bool IsOpen(Run run, DispatchKey dispatch) =>
        run.IsLive && run.Discovery is { } open && open.Number == dispatch.Number && open.Dispatch == dispatch.Dispatch;

    /// <summary>Whether an op can be checkpointed: a step that has been run. Everything else ends the call that reports it.</summary>
    public static bool Takes(Op op) => op is StepRunOp;

    internal static void Apply(RunDraft draft, Fact.Checkpointed fact)
    {
        var open = draft.Run.Discovery!;
        var before = draft.Run.Steps.Count;
        foreach (var op in fact.Ops.Where(op => Takes(op) && !draft.Run.Steps.ContainsKey(op.Id)))
        {
            if (draft.Run.IsLive)
                StepFinding.Add(draft, op, open.Number, Attempting.Of(open, op, Attempting.TimesOf(op, fact.Times)));
        }

        if (draft.Run.Steps.Count > ProtocolLimits.MaxSteps)
            Ending.Fail(draft, RunFailures.TooManySteps.ToJson());
        else if (draft.Run.IsLive && draft.Run.Steps.Count > before)
            // Each step has its attempts to itself: the next one begins anew.
            draft.Run = draft.Run with { Discovery = open with { Forgiven = open.Attempt, Retrying = null } };
    }
}
