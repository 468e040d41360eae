import { createClient } from "./client.mjs";

// Sends events by a client that never sees the first answer, as if the connection had broken after the request arrived; so the SDK sends again.
export async function sendTwice(settings, executor, events) {
  let requests = 0;
  const losesFirstAnswer = async (...request) => {
    const answer = await fetch(...request);
    requests += 1;
    if (requests === 1) throw new TypeError("The connection was lost.");
    return answer;
  };
  const { client } = await createClient(settings, executor, { fetch: losesFirstAnswer });
  const { ids } = await client.send(events);
  return { ids, requests };
}
