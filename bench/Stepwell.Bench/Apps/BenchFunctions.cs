using Stepwell.Sdk;

namespace Stepwell.Bench.Apps;

/// <summary>Functions whose steps do nothing, so that what is measured is what surrounds them. The same in TypeScript: <c>bench/typescript-app/app.mjs</c>.</summary>
internal static class BenchFunctions
{
    public static void AddTo(StepwellClient client, Reports reports)
    {
        client.CreateFunction(new FunctionOptions("sequence"), async (RunContext<BenchEvents.Sequence> run, Step step) =>
        {
            var (number, steps, bytes) = run.Event.Data;
            for (var i = 0; i < steps; i++)
            {
                var isFirst = i == 0;
                await step.RunAsync("step", () =>
                {
                    if (isFirst)
                        Tell(Report.Began, number, run.RunId);

                    return new string('x', bytes);
                });
            }

            Tell(Report.Returned, number, run.RunId);
        });
        client.CreateFunction(new FunctionOptions("fan-out"), async (RunContext<BenchEvents.FanOut> run, Step step) =>
        {
            var (number, steps) = run.Event.Data;
            await Task.WhenAll(Enumerable.Range(0, steps).Select(i => step.RunAsync($"step {i}", () => i)));
            Tell(Report.Returned, number, run.RunId);
        });
        client.CreateFunction(new FunctionOptions("nap"), async (RunContext<BenchEvents.Nap> run, Step step) =>
        {
            var (number, milliseconds) = run.Event.Data;
            await step.RunAsync("before", () => Tell(Report.Before, number, run.RunId));
            await step.SleepAsync("nap", TimeSpan.FromMilliseconds(milliseconds));
            await step.RunAsync("after", () => Tell(Report.After, number, run.RunId));
            Tell(Report.Returned, number, run.RunId);
        });
        client.CreateFunction(new FunctionOptions("wake"), async (RunContext<BenchEvents.Wake> run, Step step) =>
        {
            var (number, until) = run.Event.Data;
            await step.SleepUntilAsync("nap", until);
            await step.RunAsync("awake", () => Tell(Report.After, number, run.RunId));
            Tell(Report.Returned, number, run.RunId);
        });

        void Tell(string what, int number, string runId) => reports.Add(new Report(what, number, runId, DateTimeOffset.UtcNow));
    }
}
