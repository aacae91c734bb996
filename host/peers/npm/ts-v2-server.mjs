// node ts-v2-server.mjs [stateless|sessions PORT]: a server on the public API of the TypeScript SDK 2.x, which publishes
// no examples. Without arguments it speaks over its standard streams; "stateless" serves both eras with
// createMcpHandler, "sessions" serves 2025-11-25 with sessions and an event store.
import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import { NodeStreamableHTTPServerTransport, localhostHostValidation, toNodeHandler } from "@modelcontextprotocol/node";
import { McpServer, ResourceTemplate, acceptedContent, completable, createMcpHandler, inputRequired, inputResponse } from "@modelcontextprotocol/server";
import { serveStdio } from "@modelcontextprotocol/server/stdio";
import * as z from "zod/v4";

const text = (text) => ({ content: [{ type: "text", text }] });
const profile = z.object({ name: z.string().default("Ada"), years: z.number().int().default(36) });
const nothing = { inputSchema: z.object({}) };
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
let changed = (server) => server.sendToolListChanged();
let updated = (server, uri) => server.server.sendResourceUpdated({ uri });

function build() {
  const server = new McpServer(
    { name: "ts-v2", version: "1.0.0" },
    { capabilities: { logging: {}, resources: { subscribe: true }, tools: { listChanged: true } } },
  );
  for (const method of ["resources/subscribe", "resources/unsubscribe"]) server.server.setRequestHandler(method, () => ({}));
  server.registerTool("add", { inputSchema: z.object({ a: z.number(), b: z.number() }) }, ({ a, b }) => text(`${a + b}`));
  server.registerTool("steps", { inputSchema: z.object({ n: z.number(), ms: z.number() }) }, async ({ n, ms }, { mcpReq }) => {
    console.error("steps begins");
    mcpReq.signal.addEventListener("abort", () => console.error("steps was cancelled"));
    for (let progress = 1; progress <= n && !mcpReq.signal.aborted; progress++) {
      await sleep(ms);
      const { progressToken } = mcpReq._meta ?? {};
      if (progressToken !== undefined) await mcpReq.notify({ method: "notifications/progress", params: { progressToken, progress, total: n } });
    }
    return text(`${n} steps`);
  });
  server.registerTool("log", nothing, async (_, { mcpReq }) => {
    await mcpReq.log("debug", "a detail");
    await mcpReq.log("warning", "a warning");
    return text("logged");
  });
  const asks = (name, request, answer) => server.registerTool(name, nothing, (_, { mcpReq }) => {
    const { kind, ...given } = inputResponse(mcpReq.inputResponses, "it");
    return kind === "missing" ? inputRequired({ inputRequests: { it: request } }) : text(answer(given, mcpReq.inputResponses));
  });
  asks("ask", inputRequired.elicit({ message: "Who are you?", requestedSchema: profile }), ({ action }, all) =>
    `${action} ${JSON.stringify(acceptedContent(all, "it", profile) ?? null)}`);
  asks("visit", inputRequired.elicitUrl({ message: "Sign in", url: "https://example.com/sign-in" }), ({ action }) => `visit ${action}`);
  asks("sample", inputRequired.createMessage({ messages: [{ role: "user", content: { type: "text", text: "Hi" } }], maxTokens: 9 }), (given) => JSON.stringify(given));
  asks("roots", inputRequired.listRoots(), (given) => JSON.stringify(given));
  server.registerTool("change", nothing, async () => {
    await changed(server);
    await updated(server, "note://one");
    return text("changed");
  });
  server.registerResource("one", "note://one", { mimeType: "text/plain" }, ({ href: uri }) => ({ contents: [{ uri, text: "The first note" }] }));
  const names = (value) => ["Ada", "Alan"].filter((name) => name.startsWith(value));
  server.registerResource("of", new ResourceTemplate("note://of/{name}", { list: undefined, complete: { name: names } }), {}, ({ href: uri }, { name }) =>
    ({ contents: [{ uri, text: `The note of ${name}` }] }));
  server.registerPrompt("greet", { argsSchema: z.object({ name: completable(z.string(), names) }) }, ({ name }) =>
    ({ messages: [{ role: "user", content: { type: "text", text: `Greet ${name}` } }] }));
  return server;
}

const [mode, port] = process.argv.slice(2);
if (mode === undefined) serveStdio(build);
else {
  const serve = mode === "sessions" ? withSessions() : stateless();
  const ours = localhostHostValidation();
  createServer((req, res) => ours(req, res) && void serve(req, res)).listen(Number(port), "127.0.0.1");
}

function stateless() {
  const handler = createMcpHandler(build);
  changed = () => handler.notify.toolsChanged();
  updated = (_, uri) => handler.notify.resourceUpdated(uri);
  return toNodeHandler(handler);
}

/** One transport for each session, as the SDK's page "Sessions, state, and scaling" has it. */
function withSessions() {
  const sessions = new Map();
  return async (req, res) => {
    const id = req.headers["mcp-session-id"];
    if (sessions.has(id)) return sessions.get(id).handleRequest(req, res);
    if (id !== undefined) return res.writeHead(404, { "content-type": "application/json" }).end('{"jsonrpc":"2.0","error":{"code":-32001,"message":"Session not found"},"id":null}');
    const transport = new NodeStreamableHTTPServerTransport({
      sessionIdGenerator: randomUUID, eventStore: memory(), retryInterval: 200,
      onsessioninitialized: (id) => sessions.set(id, transport),
    });
    await build().connect(transport);
    await transport.handleRequest(req, res);
  };
}

/** An EventStore, as the SDK's documentation describes it. */
function memory() {
  const events = [];
  return {
    storeEvent: async (stream, message) => `${events.push({ stream, message })}`,
    getStreamIdForEventId: async (id) => events[id - 1]?.stream,
    replayEventsAfter: async (last, { send }) => {
      const { stream } = events[last - 1];
      for (const [i, event] of events.entries()) if (i >= last && event.stream === stream) await send(`${i + 1}`, event.message);
      return stream;
    },
  };
}
