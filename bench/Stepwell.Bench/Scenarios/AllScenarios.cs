namespace Stepwell.Bench.Scenarios;

/// <summary>The scenarios in their order.</summary>
internal static class AllScenarios
{
    public static IReadOnlyList<Scenario> Of(BenchOptions options) =>
    [
        new RunsScenario("S1", "10 sequential steps", "bench/sequence", runs: 1, steps: 10, repetitions: 50, quickRepetitions: 3),
        new RunsScenario("S2", "100 sequential steps", "bench/sequence", runs: 1, steps: 100, repetitions: 20, quickRepetitions: 2),
        new RunsScenario("S3", "fan-out 100 and join", "bench/fan-out", runs: 1, steps: 100, repetitions: 30, quickRepetitions: 2),
        new RunsScenario("S4", "200 concurrent runs of 5 steps", "bench/sequence", runs: 200, steps: 5, repetitions: 10, quickRepetitions: 1),
        new NapScenario(),
        new FirstStepScenario("S6a", "event sent → first step called, idle", otherRuns: 0),
        new FirstStepScenario("S6b", "event sent → first step called, busy", otherRuns: 20),
        new EventsScenario(options.Events),
        new RunsScenario("S8a", "a run with 1,000 steps", "bench/sequence", runs: 1, steps: 1_000, repetitions: 3, quickRepetitions: 1),
        new RunsScenario("S8b", "a run with 1,000 steps and 1 MiB of state", "bench/sequence", runs: 1, steps: 1_000, repetitions: 3, quickRepetitions: 1, bytes: 1_048),
        new IdleScenario(options.IdleTime),
        new WakingScenario(options.Sleepers, options.WakingTime),
    ];
}
