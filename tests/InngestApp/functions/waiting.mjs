export const waiting = ({ sdk, define, named }) => {
  const other = (functionId) => sdk.referenceFunction({ appId: sdk.id, functionId });
  const caught = async (act) => {
    try {
      return { result: await act() };
    } catch (error) {
      return { name: error.name, message: error.message };
    }
  };

  return [
    define("waits", async ({ step }) => {
      const paid = await step.waitForEvent("paid", { event: named("paid"), timeout: "1h", if: "event.data.order == async.data.order && async.data.amount > 10" });
      return paid && { name: paid.name, data: paid.data };
    }),

    define("waits-in-vain", async ({ step }) => step.waitForEvent("paid", { event: named("never"), timeout: "1s" })),

    // A wait found beside what sends its event cannot miss it.
    define("waits-beside-its-event", async ({ step, event }) => {
      const [heard] = await Promise.all([
        step.waitForEvent("hear", { event: named("told"), timeout: "1h", if: "event.data.key == async.data.key" }),
        step.sendEvent("tell", { name: named("told"), data: { key: event.data.key, text: "hello" } }),
      ]);
      return heard.data.text;
    }),

    define("doubles", async ({ event, step }) => step.run("double", () => event.data.n * 2)),

    define("invokes", async ({ step }) => {
      const results = [];
      for (const n of [1, 2]) results.push(await step.invoke("call", { function: other("doubles"), data: { n } }));
      return [...results, ...await Promise.all([3, 4].map((n) => step.invoke(`call ${n}`, { function: other("doubles"), data: { n } })))];
    }),

    define("fails-at-once", async () => { throw new sdk.NonRetriableError("no paper"); }),

    define("invokes-what-fails", async ({ step }) => caught(() => step.invoke("call", { function: other("fails-at-once"), data: {} }))),

    define("invokes-nobody", async ({ step }) => caught(() => step.invoke("call", { function: other("nobody"), data: {} }))),

    define("sleeps-for-an-hour", async ({ step }) => step.sleep("nap", "1h")),

    define("invokes-what-takes-too-long", async ({ step }) => caught(() => step.invoke("call", { function: other("sleeps-for-an-hour"), data: {}, timeout: "1s" }))),

    define("waits-for-a-signal", async ({ step, event }) => step.waitForSignal("go", { signal: `${sdk.id}-${event.data.key}`, timeout: "1h", onConflict: "fail" })),

    define("sends-a-signal", async ({ step, event }) => step.sendSignal("send", { signal: `${sdk.id}-${event.data.key}`, data: { approved: true } })),

    define("fetches", async ({ step, event }) => {
      const response = await step.fetch(event.data.url, { method: "POST", body: JSON.stringify({ signal: "nobody waits for this" }) });
      return { status: response.status, body: await response.json() };
    }),
  ];
};
