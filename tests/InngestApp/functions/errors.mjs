export const errors = ({ sdk, ledger, define }) => {
  const { NonRetriableError, RetryAfterError } = sdk;

  return [
    define("flaky", async ({ step, runId, attempt }) => {
      const first = await step.run("flaky", () => {
        const times = ledger.add(runId, "flaky", attempt);
        if (times < 3) throw new Error(`not yet (${times})`);
        return times;
      });
      const second = await step.run("next", () => {
        const times = ledger.add(runId, "next", attempt);
        if (times < 3) throw new Error(`not yet (${times})`);
        return times;
      });
      return [first, second];
    }, { retries: 2 }),

    define("caught", async ({ step, runId }) => {
      try {
        await step.run("fails", () => { ledger.add(runId, "fails"); throw new TypeError("for good", { cause: new Error("the root") }); });
      } catch (error) {
        return step.run("recovers", () => { ledger.add(runId, "recovers"); return { name: error.name, message: error.message, cause: error.cause?.message }; });
      }
    }, { retries: 1 }),

    define("uncaught", async ({ step, runId }) => {
      await step.run("fails", () => { ledger.add(runId, "fails"); throw new Error("nobody catches this"); });
      ledger.add(runId, "never");
    }, { retries: 1 }),

    define("function-fails", async ({ step, runId, attempt }) => {
      await step.run("before", () => { ledger.add(runId, "before"); });
      ledger.add(runId, "body", attempt);
      throw new Error("the function itself");
    }, { retries: 2 }),

    define("function-recovers", async ({ step, runId }) => {
      const value = await step.run("before", () => { ledger.add(runId, "before"); return 7; });
      if (ledger.add(runId, "body") < 2) throw new Error("not yet");
      return value;
    }),

    define("no-retries", async ({ step, runId }) => {
      await step.run("once", () => { ledger.add(runId, "once"); throw new Error("once is enough"); });
    }, { retries: 0 }),

    define("no-retries-of-the-function", async ({ runId }) => {
      ledger.add(runId, "body");
      throw new Error("once is enough");
    }, { retries: 0 }),

    define("non-retriable-step", async ({ step, runId }) => {
      try {
        await step.run("hopeless", () => { ledger.add(runId, "hopeless"); throw new NonRetriableError("do not try again"); });
      } catch (error) {
        return `caught: ${error.message}`;
      }
    }),

    define("non-retriable-function", async ({ runId }) => {
      ledger.add(runId, "body");
      throw new NonRetriableError("the function does not try again");
    }),

    define("retry-after-step", async ({ step, runId, event }) =>
      step.run("busy", () => {
        if (ledger.add(runId, "busy") < 2) throw new RetryAfterError("busy", event.data.seconds * 1000);
        return "done";
      })),

    define("retry-after-function", async ({ runId, event }) => {
      if (ledger.add(runId, "body") < 2) throw new RetryAfterError("busy", new Date(Date.now() + event.data.seconds * 1000));
      return "done";
    }),

    define("gives-up", async ({ step }) => {
      await step.run("fails", () => { throw new Error("somebody hears of this"); });
    }, {
      retries: 0,
      onFailure: async ({ event, error, step }) => {
        const heard = { function: event.data.function_id, event: event.data.event.name, error: error.message };
        await step.run("hears", () => { ledger.add(event.data.run_id, `heard ${heard.function} ${heard.event}: ${heard.error}`); });
        return heard;
      },
    }),
  ];
};
