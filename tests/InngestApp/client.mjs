// The two shipped SDKs behind one way of writing functions, so that each function stands once.
import * as v3 from "inngest3";
import * as v4 from "inngest4";

export async function createClient({ id, sdk, checkpointing, streaming, signingKey, signingKeyFallback, eventKey, cloud }, executor, options = {}) {
  return sdk === 3 ? ofVersion3() : ofVersion4();

  function ofVersion3() {
    const client = new v3.Inngest({ id, baseUrl: executor, isDev: !cloud, eventKey, checkpointing, ...options });
    return {
      ...v3, id, client, version: 3,
      define: (options, triggers, handler) => client.createFunction(options, triggers, handler),
      race: (_, branches) => Promise.race(branches()),
      serve: async (framework, functions) => (await import(`inngest3/${framework}`)).serve({ client, functions, signingKey, signingKeyFallback, streaming: streaming ? "force" : undefined }),
    };
  }

  function ofVersion4() {
    const client = new v4.Inngest({ id, baseUrl: executor, isDev: !cloud, eventKey, signingKey, signingKeyFallback, checkpointing, ...options });
    return {
      ...v4, id, client, version: 4,
      define: (options, triggers, handler) => client.createFunction({ ...options, triggers }, handler),
      race: (group, branches) => group.parallel({ mode: "race" }, () => Promise.race(branches())),
      serve: async (framework, functions) => (await import(`inngest4/${framework}`)).serve({ client, functions, streaming }),
    };
  }
}
