import { checkpoints } from "./checkpoints.mjs";
import { errors } from "./errors.mjs";
import { events } from "./events.mjs";
import { flow } from "./flow.mjs";
import { middleware } from "./middleware.mjs";
import { parallel } from "./parallel.mjs";
import { payloads } from "./payloads.mjs";
import { sleeps } from "./sleeps.mjs";
import { steps } from "./steps.mjs";
import { waiting } from "./waiting.mjs";

// Each function is started by the event that has the client's id and its own: v4/sequential.
export function functionsOf(sdk, ledger) {
  const named = (name) => `${sdk.id}/${name}`;
  const define = (id, handler, options = {}, triggers = [{ event: named(id) }]) => sdk.define({ id, ...options }, triggers, handler);
  return [steps, parallel, sleeps, errors, events, payloads, middleware, checkpoints, waiting, flow].flatMap((room) => room({ sdk, ledger, define, named }));
}
