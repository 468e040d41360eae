import { existsSync } from "node:fs";

const until = async (condition) => {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 20));
};

export const parallel = ({ sdk, ledger, define }) => {
  const work = (step, runId, id, result = id) => step.run(id, () => { ledger.add(runId, id); return result; });

  return [
    define("parallel", async ({ step, runId }) => {
      const parts = await Promise.all(["a", "b", "c", "d"].map((id) => work(step, runId, id)));
      return work(step, runId, "after", parts.join("+"));
    }),

    define("nested", async ({ step, runId }) => {
      const chain = async (name) => {
        const first = await work(step, runId, `${name} first`, name);
        const inner = await Promise.all([1, 2].map((i) => work(step, runId, `${name} inner ${i}`, `${first}${i}`)));
        return inner.join();
      };
      const all = await Promise.all([chain("x"), chain("y"), chain("z")]);
      return work(step, runId, "join", all.join("|"));
    }),

    // Whoever loses sleeps for an hour: a run that ends has not waited for it.
    define("race", async ({ step, group, runId }) => {
      const winner = await sdk.race(group, () => [
        work(step, runId, "fast"),
        step.sleep("slow", "1h").then(() => "slow"),
      ]);
      return work(step, runId, "after", `${winner} won`);
    }),

    define("race-at-the-end", async ({ step, group, runId }) =>
      sdk.race(group, () => [work(step, runId, "fast"), step.sleep("slow", "1h").then(() => "slow")])),

    // The winner waits for the loser's call to have begun, which ends when the file is there.
    define("race-beside-work", async ({ step, group, runId, event }) =>
      sdk.race(group, () => [
        step.run("fast", async () => {
          ledger.add(runId, "fast");
          await until(() => ledger.count(runId, "slow") > 0);
          return "fast";
        }),
        step.run("slow", async () => {
          ledger.add(runId, "slow");
          await until(() => existsSync(event.data.marker));
          return "slow";
        }),
      ])),

    // Each step goes on as soon as it can, though its neighbours take their time.
    define("race-between-chains", async ({ step, group, runId }) => {
      const chain = async () => {
        await work(step, runId, "first");
        return work(step, runId, "second");
      };
      const winner = await sdk.race(group, () => [chain(), step.sleep("slow", "1h").then(() => "slow")]);
      await work(step, runId, "after");
      return winner;
    }),

    define("one-fails", async ({ step, runId }) => {
      const settled = await Promise.allSettled([
        work(step, runId, "good"),
        step.run("bad", () => { ledger.add(runId, "bad"); throw new Error("no luck"); }),
      ]);
      return settled.map((one) => one.value ?? one.reason.message);
    }, { retries: 1 }),
  ];
};
