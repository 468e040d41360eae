namespace Stepwell.Executor.Tests.Simulation;

/// <summary>How often what goes wrong, from 0 to 1.</summary>
internal sealed record Faults(
    double FailBefore = 0, double FailAfter = 0, double Crash = 0, double Pause = 0, double Duplicate = 0,
    double CallBroken = 0, double AnswerLost = 0, double GivenUp = 0, double SlowCall = 0, double Cancel = 0, double Lost = 0, bool Sweeps = true)
{
    public static Faults None { get; } = new();

    public static Faults Some { get; } = new(FailBefore: 0.01, FailAfter: 0.01, Crash: 0.004, Pause: 0.004, Duplicate: 0.05, CallBroken: 0.02, AnswerLost: 0.02, GivenUp: 0.2, SlowCall: 0.02, Cancel: 0.05);

    /// <summary>
    /// Everything breaks, and no sweep mends it: the messages alone must do. Nobody stands still meanwhile: who outlives the lease of his message may commit when it
    /// is deleted already, and what he then fails to send only the sweep can find.
    /// </summary>
    public static Faults Unswept { get; } = Some with { Sweeps = false, Pause = 0 };

    /// <summary>The queue loses messages, as one that is emptied does: the sweep alone brings them back.</summary>
    public static Faults Losing { get; } = Some with { Lost = 0.2 };

    /// <summary>Calls are slow and messages come twice, but no call fails by itself.</summary>
    public static Faults Delays { get; } = new(Duplicate: 0.2, SlowCall: 0.1);

    /// <summary>What may be lost or repeated without any body of a step running twice.</summary>
    public static Faults Harmless { get; } = new(Duplicate: 0.2, CallBroken: 0.05, SlowCall: 0.05);
}
