// Middleware that adds to what a function gets, and to what its steps and itself give.
export const middleware = ({ sdk, define }) => [
  define("middleware", async ({ event, step, added }) => {
    const inner = await step.run("inner", () => `step of ${event.data.name}`);
    return `${added}, ${inner}`;
  }, { middleware: [sdk.version === 3 ? ofVersion3(sdk) : ofVersion4(sdk)] }),
];

const changed = (event) => ({ ...event, data: { ...event.data, name: `changed ${event.data.name}` } });

const ofVersion3 = ({ InngestMiddleware }) => new InngestMiddleware({
  name: "changes",
  init: () => ({
    onFunctionRun: () => ({
      transformInput: ({ ctx }) => ({ ctx: { added: "added", event: changed(ctx.event) } }),
      transformOutput: ({ result, step }) => ({ result: { data: step ? `[${result.data}]` : `<${result.data}>` } }),
    }),
  }),
});

const ofVersion4 = ({ Middleware }) => class extends Middleware.BaseMiddleware {
  id = "changes";

  transformFunctionInput(input) {
    return { ...input, ctx: { ...input.ctx, added: "added", event: changed(input.ctx.event) } };
  }

  async wrapStepHandler({ next }) {
    return `[${await next()}]`;
  }

  async wrapFunctionHandler({ next }) {
    return `<${await next()}>`;
  }
};
