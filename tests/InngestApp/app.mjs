// Serves the same functions by each of the asked clients, at /api/<id>. Prints the address it listens at; ends with the process that started it.
//
// Settings, as JSON in the first argument:
//   executor   its address
//   ledger     the file that tells what really ran
//   port       where to listen
//   framework  what serves; express, if it is missing
//   clients    [{ id, sdk: 3 | 4, checkpointing, streaming, signingKey, signingKeyFallback, eventKey, cloud }]; other frameworks take one
import { createClient } from "./client.mjs";
import { frameworks } from "./frameworks.mjs";
import { functionsOf } from "./functions/index.mjs";
import { openLedger } from "./ledger.mjs";

const settings = JSON.parse(process.argv[2]);
const framework = settings.framework ?? "express";
const ledger = openLedger(settings.ledger);
const routes = await Promise.all(settings.clients.map(async (wanted) => {
  const client = await createClient(wanted, settings.executor);
  return { wanted, path: `/api/${wanted.id}`, handler: await client.serve(framework, functionsOf(client, ledger)) };
}));

await frameworks[framework]({ routes, port: settings.port, executor: settings.executor, ledger });
console.log(`Listening at http://127.0.0.1:${settings.port}`);
process.stdin.on("end", () => process.exit(0)).resume();
