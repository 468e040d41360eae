import { existsSync, writeFileSync } from "node:fs";

export const checkpoints = ({ ledger, define }) => {
  const work = (step, runId, id, result = id) => step.run(id, () => { ledger.add(runId, id); return result; });
  const count = async (step, runId, name, times) => {
    for (let i = 0; i < times; i++) await work(step, runId, `${name} ${i}`);
    return times;
  };

  return [
    define("ten", ({ step, runId }) => count(step, runId, "step", 10)),

    define("resumes", async ({ step, runId }) => {
      await count(step, runId, "before", 3);
      await Promise.all([1, 2].map((i) => work(step, runId, `side ${i}`)));
      await count(step, runId, "after", 3);
      await step.sleep("a second", "1s");
      return count(step, runId, "last", 3);
    }),

    // A step that needed more attempts; the attempts of the next one begin anew.
    define("flaky-among-checkpoints", async ({ step, runId, attempt }) => {
      await work(step, runId, "before");
      await step.run("flaky", () => { if (ledger.add(runId, "flaky", attempt) < 3) throw new Error("not yet"); });
      await step.run("flaky too", () => { if (ledger.add(runId, "flaky too", attempt) < 3) throw new Error("not yet"); });
      return work(step, runId, "after");
    }, { retries: 2 }),

    define("never-checkpoints", ({ step, runId }) => count(step, runId, "step", 4), { checkpointing: false }),

    define("checkpoints-in-twos", ({ step, runId }) => count(step, runId, "step", 4), { checkpointing: { bufferedSteps: 2 } }),

    // No longer than half a second in one call.
    define("short-calls", async ({ step, runId }) => {
      for (let i = 0; i < 4; i++) {
        await step.run(`slice ${i}`, async () => {
          ledger.add(runId, `slice ${i}`);
          await new Promise((resolve) => setTimeout(resolve, 300));
        });
      }
      return "done";
    }, { checkpointing: { maxRuntime: 500 } }),

    // The process ends in its first call, within its third step; the file says that it has done so.
    define("crashes-once", async ({ step, runId, event }) => {
      await count(step, runId, "before", 2);
      await step.run("crash", () => {
        ledger.add(runId, "crash");
        if (existsSync(event.data.marker)) return;
        writeFileSync(event.data.marker, "");
        process.exit(1);
      });
      return count(step, runId, "after", 2);
    }, { retries: 20 }),

    // Its third step ends only when the file is there, so that a test can do something while the call is under way.
    define("waits-for-file", async ({ step, runId, event }) => {
      await count(step, runId, "before", 2);
      await step.run("wait", async () => {
        ledger.add(runId, "wait");
        while (!existsSync(event.data.marker)) await new Promise((resolve) => setTimeout(resolve, 20));
      });
      return count(step, runId, "after", 2);
    }, { retries: 20 }),
  ];
};
