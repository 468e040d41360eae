// Serves the same functions by each of the asked clients, at /api/<id>. Prints the address it listens at; ends with the process that started it.
//
// Settings, as JSON in the first argument:
//   executor   its address
//   ledger     the file that tells what really ran
//   port       where to listen; a free port if it is missing
//   clients    [{ id, sdk: 3 | 4, checkpointing, streaming, signingKey, signingKeyFallback, eventKey, cloud }]
import express from "express";
import { createClient } from "./client.mjs";
import { functionsOf } from "./functions/index.mjs";
import { openLedger } from "./ledger.mjs";
import { sendTwice } from "./sending.mjs";

const settings = JSON.parse(process.argv[2]);
const ledger = openLedger(settings.ledger);
const app = express();
app.use(express.json({ limit: "40mb" }));

for (const wanted of settings.clients) {
  const client = await createClient(wanted, settings.executor);
  app.use(`/api/${wanted.id}`, (request, _, next) => {
    if (request.method === "POST" && request.headers["x-run-id"]) ledger.add(request.headers["x-run-id"], "called");
    next();
  });
  app.use(`/api/${wanted.id}`, client.serve(functionsOf(client, ledger)));
  app.post(`/send-twice/${wanted.id}`, async (request, response) => response.json(await sendTwice(wanted, settings.executor, request.body)));
}

const server = app.listen(settings.port ?? 0, "127.0.0.1", () => console.log(`Listening at http://127.0.0.1:${server.address().port}`));
process.stdin.on("end", () => process.exit(0)).resume();
