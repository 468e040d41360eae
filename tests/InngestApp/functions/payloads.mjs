export const payloads = ({ ledger, define }) => [
  define("echo", async ({ step, event }) => ({
    step: await step.run("echo", () => event.data.value),
    direct: event.data.value,
  })),

  // Each slice fits an answer; all of them no longer fit a call, so that the SDK has to ask for them.
  define("large-state", async ({ step, runId }) => {
    const slices = [];
    for (let i = 0; i < 5; i++) slices.push(await step.run(`slice ${i}`, () => { ledger.add(runId, `slice ${i}`); return String(i).repeat(1_200_000); }));
    await step.sleep("a moment", "1s");
    return slices.map((slice) => `${slice[0]}${slice.length}`);
  }),

  define("large-result", async () => "x".repeat(3_000_000)),

  define("too-large", async ({ step }) => step.run("huge", () => "x".repeat(5_000_000)), { retries: 0 }),
];
