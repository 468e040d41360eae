namespace Stepwell.Executor.Tests.Simulation;

/// <summary>How often what goes wrong, from 0 to 1.</summary>
internal sealed record Faults(
    double FailBefore = 0, double FailAfter = 0, double Crash = 0, double Duplicate = 0, double CallBroken = 0, double AnswerLost = 0, double SlowCall = 0)
{
    public static Faults None { get; } = new();

    public static Faults Some { get; } = new(FailBefore: 0.01, FailAfter: 0.01, Crash: 0.004, Duplicate: 0.05, CallBroken: 0.02, AnswerLost: 0.02, SlowCall: 0.02);

    /// <summary>What may be lost or repeated without any body of a step running twice.</summary>
    public static Faults Harmless { get; } = new(Duplicate: 0.2, CallBroken: 0.05, SlowCall: 0.05);
}
