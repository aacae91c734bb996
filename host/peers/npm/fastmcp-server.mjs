// node fastmcp-server.mjs [PORT]: a server on the public API of fastmcp (npm), which publishes no example of one. It
// speaks over its standard streams, or at /mcp and /sse of the port.
import { FastMCP } from "fastmcp";
import * as z from "zod";

const server = new FastMCP({ name: "fastmcp", version: "1.0.0", logger: Object.fromEntries(["debug", "error", "info", "log", "warn"].map((level) => [level, console.error])) });
const names = async (value) => ({ values: ["Ada", "Alan"].filter((name) => name.startsWith(value)) });
const tool = (name, execute, parameters = z.object({})) => server.addTool({ name, description: name, parameters, execute });
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** It has a session, and that session's roots, some time after the client has it. */
async function sessionOf(sessionId, ready = () => true) {
  for (let i = 0; i < 100; i++) {
    const session = server.sessions.find((session) => session.sessionId === sessionId);
    if (session !== undefined && ready(session)) return session;
    await sleep(20);
  }
  throw new Error("the session is not there");
}

tool("add", async ({ a, b }) => `${a + b}`, z.object({ a: z.number(), b: z.number() }));
tool("steps", async ({ n, ms }, { reportProgress, signal }) => {
  console.error("steps begins");
  signal.addEventListener("abort", () => console.error("steps was cancelled"));
  for (let progress = 1; progress <= n && !signal.aborted; progress++) {
    await sleep(ms);
    await reportProgress({ progress, total: n });
  }
  return `${n} steps`;
}, z.object({ n: z.number(), ms: z.number() }));
tool("log", async (_, { log }) => {
  log.debug("a detail");
  log.warn("a warning");
  return "logged";
});
const properties = { name: { type: "string", default: "Ada" }, years: { type: "integer", default: 36 } };
tool("ask", async (_, { elicit }) => {
  const { action, content } = await elicit({ message: "Who are you?", requestedSchema: { type: "object", properties } });
  return `${action} ${JSON.stringify(content ?? null)}`;
});
tool("visit", async (_, { elicit }) => {
  const { action } = await elicit({ mode: "url", elicitationId: "1", message: "Sign in", url: "https://example.com/sign-in" });
  return `visit ${action}`;
});
tool("sample", async (_, { sessionId }) => JSON.stringify(await (await sessionOf(sessionId)).requestSampling({ messages: [{ role: "user", content: { type: "text", text: "Hi" } }], maxTokens: 9 })));
tool("roots", async (_, { sessionId }) => JSON.stringify((await sessionOf(sessionId, ({ roots }) => roots.length > 0)).roots));
tool("change", async () => {
  tool("new", async () => "new");
  await server.sendResourceUpdated("note://one");
  return "changed";
});
server.addResource({ uri: "note://one", name: "one", mimeType: "text/plain", load: async () => ({ text: "The first note" }) });
server.addResourceTemplate({
  uriTemplate: "note://of/{name}", name: "of", arguments: [{ name: "name", required: true, complete: names }],
  load: async ({ name }) => ({ text: `The note of ${name}` }),
});
server.addPrompt({ name: "greet", arguments: [{ name: "name", required: true, complete: names }], load: async ({ name }) => `Greet ${name}` });

const port = Number(process.argv[2]);
await server.start(port ? { transportType: "httpStream", httpStream: { port, host: "127.0.0.1" } } : { transportType: "stdio" });
