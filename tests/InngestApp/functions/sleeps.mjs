export const sleeps = ({ define }) => [
  define("sleep", async ({ step }) => {
    await step.sleep("two seconds", "2s");
    return "awake";
  }),

  define("sleep-until", async ({ step, event }) => {
    await step.sleepUntil("the time", new Date(event.data.time));
    await step.sleepUntil("the past", new Date("2020-01-01T00:00:00Z"));
    return "awake";
  }),

  define("sleep-briefly", async ({ step }) => {
    await step.sleep("half a second", 500);
    await step.sleep("no time at all", 0);
    return "awake";
  }),
];
