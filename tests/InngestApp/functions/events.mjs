export const events = ({ sdk, define, named }) => [
  define("sends", async ({ step, event }) => {
    const { ids } = await step.sendEvent("send", [
      { name: named("received.one"), data: { key: event.data.key } },
      { name: named("received/two"), data: { key: event.data.key } },
    ]);
    return ids;
  }),

  define("hears-dots", async ({ event }) => `${event.name} ${event.data.key}`, {}, [{ event: named("received.*") }]),

  define("hears-slashes", async ({ event }) => `${event.name} ${event.data.key}`, {}, [{ event: named("received/*") }]),

  // Two triggers, one of them with a condition.
  define("chooses", async ({ event }) => event.data.amount, {}, [
    { event: named("order"), if: "event.data.amount > 100" },
    { event: named("big-order") },
  ]),

  define("counts", async ({ event }) => event.id),
];
