import assert from "node:assert/strict";
import { test } from "node:test";
import type { TestContext } from "node:test";
import { fileURLToPath } from "node:url";
import { open } from "../src/node.js";
import type { ConnectOptions, Core, JsonObject, NodeOptions, Session } from "../src/node.js";
import { WASM, WASM_EXEC } from "./module.js";
import { gone } from "./process-rig.js";

const SERVER = fileURLToPath(new URL("./stdio-server.js", import.meta.url));

interface Entry {
  command?: string;
  args?: string[];
  env?: Record<string, string>;
}

async function rig(t: TestContext, options: Partial<NodeOptions> = {}): Promise<Core> {
  const core = await open({ client: { name: "test", title: "Test", version: "1" }, wasm: WASM, wasmExec: WASM_EXEC, ...options });
  t.after(() => core.close());
  return core;
}

async function connected(core: Core, entry: Entry = {}, options: ConnectOptions = {}): Promise<Session> {
  const server = { command: process.execPath, args: [SERVER], ...entry };
  const { id } = await core.load({ path: ".mcp.json", text: JSON.stringify({ mcpServers: { rig: server } }) });
  return core.connect(id, "rig", options);
}

/** called is what a tool of the server gave. */
async function called(session: Session, name: string, args: JsonObject = {}): Promise<unknown> {
  const { content } = await session.callTool(name, args);
  return JSON.parse(content[0]?.["text"] as string);
}

test("a process is started, asked and ended, and its standard error is told line by line", async (t) => {
  const lines: string[] = [];
  const args = [SERVER, "a b", "$(id)"];
  const session = await connected(await rig(t), { args }, { onLog: (line) => lines.push(line.text) });
  const { phase, revision, transport, serverName } = session.state ?? {};
  assert.deepEqual([phase, revision, transport, serverName], ["ready", "2025-06-18", "stdio", "stdio-rig"]);
  assert.ok((await session.listTools()).some((tool) => tool.name === "env"));
  assert.deepEqual(await called(session, "arguments"), args.slice(1));
  await session.rootsChanged();
  await session.close();
  assert.deepEqual(lines, ["started", "roots changed"]);
});

test("the environment is the platform's and the entry's", async (t) => {
  const host: Record<string, string> = { PATH: process.env["PATH"] ?? "", KEY: "k-from-host", OTHER_TOKEN: "secret" };
  const core = await rig(t, { env: (name) => host[name] });
  const env = (await called(await connected(core, { env: { API_KEY: "${KEY}" } }), "env")) as Record<string, string>;
  assert.equal(env["API_KEY"], "k-from-host");
  assert.deepEqual(["KEY", "OTHER_TOKEN"].map((name) => env[name]), [undefined, undefined]);
});

test("elicitation, sampling and roots are answered over the process's streams", async (t) => {
  const roots = [{ uri: "file:///w", name: "w" }];
  const session = await connected(await rig(t), {}, {
    roots,
    onElicitation: (request, { server }) => ({ action: "accept", content: { who: `${server}: ${request.message}` } }),
    onSampling: () => Promise.reject(new Error("no model")),
  });
  const form = { message: "Who?", requestedSchema: { type: "object", properties: { who: { type: "string" } } } };
  assert.deepEqual(await called(session, "ask", { method: "elicitation/create", params: form }),
    { action: "accept", content: { who: "rig: Who?" } });
  assert.deepEqual(await called(session, "ask", { method: "roots/list", params: {} }), { roots });
  assert.deepEqual(await called(session, "ask", { method: "sampling/createMessage", params: { messages: [], maxTokens: 1 } }),
    { code: -32603, message: "no model" });
});

test("a question that the server takes back aborts the callback", async (t) => {
  let aborted = (): void => undefined;
  const withdrawn = new Promise<void>((resolve) => {
    aborted = resolve;
  });
  const session = await connected(await rig(t), {}, {
    onSampling: (_, { signal }) => new Promise((_resolve, reject) => {
      signal.addEventListener("abort", () => {
        aborted();
        reject(signal.reason as Error);
      });
    }),
  });
  assert.equal(await called(session, "withdraw", { method: "sampling/createMessage", params: { messages: [] } }), "withdrawn");
  await withdrawn;
  assert.ok((await session.listTools()).length > 0, "the session goes on");
});

test("a resource's updates come to who listens, until they stop", async (t) => {
  const session = await connected(await rig(t));
  const seen: string[] = [];
  const controller = new AbortController();
  let acknowledged = (): void => undefined;
  const ready = new Promise<void>((resolve) => {
    acknowledged = resolve;
  });
  const listening = session.listen({ uris: ["a:b"] }, (message) => {
    seen.push(message.method);
    acknowledged();
  }, { signal: controller.signal });
  await ready;
  await called(session, "touch");
  controller.abort();
  await listening;
  await called(session, "touch");
  assert.deepEqual(seen, ["notifications/subscriptions/acknowledged", "notifications/resources/updated"]);
});

test("a process that ends in the middle of a call may have run it, and says how it ended", async (t) => {
  const session = await connected(await rig(t));
  await assert.rejects(session.callTool("die"), (e: Error & { outcome?: string }) => {
    assert.equal(e.outcome, "unknown");
    assert.match(e.message, /code 3/);
    return true;
  });
});

test("a program that is not there, and a host that starts none", async (t) => {
  const core = await rig(t);
  await assert.rejects(connected(core, { command: "headfast-no-such-program" }), /headfast-no-such-program/);
  await assert.rejects(connected(await rig(t, { processes: false })), { name: "HeadfastError", code: "HF120" });
});

test("close kills what neither the end of its input nor SIGTERM ends", { skip: process.platform === "win32" }, async (t) => {
  const core = await rig(t);
  const session = await connected(core, { args: [SERVER, "--stubborn"] });
  const pid = (await called(session, "pid")) as number;
  await core.close();
  assert.ok(await gone(pid));
});
