export const steps = ({ ledger, define }) => [
  define("stepless", async ({ event }) => ({ hello: event.data.name })),

  define("nothing", async () => undefined),

  define("sequential", async ({ step, runId }) => {
    const one = await step.run("one", () => { ledger.add(runId, "one"); return { value: 1 }; });
    const two = await step.run("two", () => { ledger.add(runId, "two"); return one.value + 1; });
    return step.run("three", () => { ledger.add(runId, "three"); return [one, two, 3]; });
  }),

  define("loop", async ({ step, runId }) => {
    const seen = [];
    for (let i = 0; i < 5; i++) seen.push(await step.run("again", () => { ledger.add(runId, `again ${i}`); return i; }));
    return seen;
  }),
];
