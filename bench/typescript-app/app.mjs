// The functions of the benchmark by the TypeScript SDK; in C#: bench/Stepwell.Bench/Apps/BenchFunctions.cs. Ends with the process that started it.
// Arguments: the executor's address, the port to listen on, "checkpoints" to report steps while a call is under way.
import { createServer } from "node:http";
import { Inngest } from "inngest";
import { serve } from "inngest/node";

const [executor, port, mode] = process.argv.slice(2);
const client = new Inngest({ id: "bench", baseUrl: executor, isDev: true, checkpointing: mode === "checkpoints" });

// What the benchmark reads from the standard output: what happened, to which number, in which run, when.
const report = (what, number, runId) => console.log(`@report ${what} ${number} ${runId} ${performance.timeOrigin + performance.now()}`);

const define = (id, handler) => client.createFunction({ id, triggers: [{ event: `bench/${id}` }] }, handler);

const functions = [
  define("sequence", async ({ event, step, runId }) => {
    const { number, steps, bytes } = event.data;
    for (let i = 0; i < steps; i++) {
      await step.run("step", () => {
        if (i === 0) report("began", number, runId);
        return "x".repeat(bytes);
      });
    }
    report("returned", number, runId);
  }),

  define("fan-out", async ({ event, step, runId }) => {
    const { number, steps } = event.data;
    await Promise.all(Array.from({ length: steps }, (_, i) => step.run(`step ${i}`, () => i)));
    report("returned", number, runId);
  }),

  define("nap", async ({ event, step, runId }) => {
    const { number, milliseconds } = event.data;
    await step.run("before", () => report("before", number, runId));
    await step.sleep("nap", milliseconds);
    await step.run("after", () => report("after", number, runId));
    report("returned", number, runId);
  }),

  define("wake", async ({ event, step, runId }) => {
    const { number, until } = event.data;
    await step.sleepUntil("nap", new Date(until));
    await step.run("awake", () => report("after", number, runId));
    report("returned", number, runId);
  }),
];

createServer(serve({ client, functions, servePath: "/api/stepwell" })).listen(Number(port), "127.0.0.1", () => console.log("@listening"));
process.stdin.on("end", () => process.exit(0)).resume();
