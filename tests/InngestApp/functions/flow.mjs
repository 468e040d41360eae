const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

export const flow = ({ sdk, define, named }) => {
  const running = { now: 0, peak: 0 };

  return [
    define("limited", async ({ step }) =>
      step.run("work", async () => {
        running.peak = Math.max(running.peak, ++running.now);
        await pause(100);
        running.now--;
        return running.peak;
      }), { concurrency: [{ limit: 2, key: "event.data.key" }] }),

    define("throttled", async ({ event }) => event.data.n, { throttle: { limit: 1, period: "8s", key: "event.data.key" } }),

    define("rate-limited", async ({ event }) => event.data.n, { rateLimit: { limit: 2, period: "1h", key: "event.data.key" } }),

    define("once", async ({ event }) => event.data.n, { idempotency: "event.data.key" }),

    define("debounced", async ({ event }) => event.data.n, { debounce: { period: "15s", key: "event.data.key" } }),

    define("batched", async ({ events }) => events.map((event) => event.data.n), { batchEvents: { maxSize: 3, timeout: "15s", key: "event.data.key" } }),

    define("alone", async ({ step }) => step.sleep("nap", "10s"), { singleton: { mode: "skip", key: "event.data.key" } }),

    define("newest", async ({ step }) => step.sleep("nap", "10s"), { singleton: { mode: "cancel", key: "event.data.key" } }),

    define("cancellable", async ({ step }) => step.sleep("nap", "1h"), { cancelOn: [{ event: named("stop"), if: "async.data.key == event.data.key", timeout: "1h" }] }),

    define("hurried", async ({ step }) => step.sleep("nap", "1h"), { timeouts: { start: "1m", finish: "1s" }, priority: { run: "event.data.p" } }),

    define("every-minute", async ({ event }) => event.data.cron, {}, [{ cron: "TZ=Europe/Berlin * * * * *" }]),
  ];
};
