import assert from "node:assert/strict";
import type { IncomingMessage, ServerResponse } from "node:http";
import { test } from "node:test";
import type { TestContext } from "node:test";
import { open } from "../src/node.js";
import type { ConnectOptions, Session } from "../src/node.js";
import { serve } from "./http-rig.js";
import { WASM, WASM_EXEC } from "./module.js";

interface Call {
  id: string;
  method: string;
  params: {
    name?: string; requestState?: string; notifications?: object; _meta: Record<string, unknown>;
    inputResponses?: Record<string, unknown>;
  };
}

type Handler = (call: Call, res: ServerResponse) => object | undefined;

/** A server of 2026-07-28, whose methods are in a table. */
async function connected(t: TestContext, methods: Record<string, Handler>, options: ConnectOptions = {}): Promise<Session> {
  const { url } = await serve(t, (req, res) => {
    const parts: Buffer[] = [];
    req.on("data", (d: Buffer) => parts.push(d));
    req.on("end", () => answer(req, res, Buffer.concat(parts).toString(), methods));
  });
  const core = await open({ client: { name: "test", title: "Test", version: "1" }, wasm: WASM, wasmExec: WASM_EXEC });
  t.after(() => core.close());
  const { id } = await core.load({ path: ".mcp.json", text: JSON.stringify({ mcpServers: { rig: { type: "http", url } } }) });
  return core.connect(id, "rig", options);
}

const DISCOVER = {
  resultType: "complete", supportedVersions: ["2026-07-28"], ttlMs: 0, cacheScope: "public",
  capabilities: { tools: { listChanged: true }, logging: {} },
};

function answer(req: IncomingMessage, res: ServerResponse, body: string, methods: Record<string, Handler>): void {
  if (req.method !== "POST") return void res.writeHead(405).end();
  const call = JSON.parse(body) as Call;
  const result = call.method === "server/discover" ? DISCOVER : methods[call.method]?.(call, res);
  if (result === undefined) return;
  res.setHeader("Content-Type", "application/json").end(JSON.stringify({ jsonrpc: "2.0", id: call.id, result }));
}

function event(res: ServerResponse, message: object): void {
  if (!res.headersSent) res.writeHead(200, { "Content-Type": "text/event-stream" });
  res.write(`data: ${JSON.stringify({ jsonrpc: "2.0", ...message })}\n\n`);
}

const DONE = { resultType: "complete", content: [] };

test("a call that wants input is asked again with it, and says what we can", async (t) => {
  const calls: Call[] = [];
  const requestedSchema = { type: "object", properties: { name: { type: "string", default: "d" } } };
  const session = await connected(t, {
    "tools/call": (call) => {
      calls.push(call);
      if (call.params.requestState !== undefined) return DONE;
      return {
        resultType: "input_required", requestState: "s1",
        inputRequests: { a: { method: "elicitation/create", params: { message: "m", requestedSchema } }, b: { method: "roots/list" } },
      };
    },
  }, { roots: [{ uri: "file:///w" }], onElicitation: () => ({ action: "accept", content: { name: "x" } }) });
  assert.equal(session.state?.revision, "2026-07-28");
  await session.callTool("t", {}, { logLevel: "warning" });
  const [first, second] = calls as [Call, Call];
  const { _meta: meta } = first.params;
  assert.equal(meta["io.modelcontextprotocol/logLevel"], "warning");
  const can = meta["io.modelcontextprotocol/clientCapabilities"] as Record<string, object>;
  assert.deepEqual(can["elicitation"], { form: {}, url: {} });
  assert.ok(can["extensions"] !== undefined && "io.modelcontextprotocol/tasks" in can["extensions"]);
  assert.equal(second.params.requestState, "s1");
  assert.deepEqual(second.params.inputResponses, {
    a: { action: "accept", content: { name: "x" } }, b: { roots: [{ uri: "file:///w" }] },
  });
});

test("input that nobody can give ends the call", async (t) => {
  const session = await connected(t, {
    "tools/call": () => ({ resultType: "input_required", inputRequests: { a: { method: "roots/list" } } }),
  });
  await assert.rejects(session.callTool("t"), { name: "HeadfastError" });
});

test("what may be kept is not asked again, but where it must be fresh", async (t) => {
  let asked = 0;
  const session = await connected(t, {
    "tools/list": () => ({
      resultType: "complete", ttlMs: 60_000, cacheScope: "public",
      tools: [{ name: `t${++asked}`, inputSchema: { type: "object" } }],
    }),
  });
  const name = async (fresh: boolean): Promise<string | undefined> => (await session.listTools({ fresh }))[0]?.name;
  assert.deepEqual([await name(false), await name(false), await name(true), await name(false)], ["t1", "t1", "t2", "t2"]);
});

test("a subscription has its messages, is opened again after a gap, and ends when the server ends it", async (t) => {
  let streams = 0;
  const tell = (call: Call, res: ServerResponse, method: string): void => {
    const _meta = { "io.modelcontextprotocol/subscriptionId": call.id };
    event(res, { method, params: { _meta, notifications: call.params.notifications } });
  };
  const session = await connected(t, {
    "subscriptions/listen": (call, res) => {
      tell(call, res, "notifications/subscriptions/acknowledged");
      tell(call, res, "notifications/tools/list_changed");
      if (++streams === 1) res.end();
      else res.end(`data: ${JSON.stringify({ jsonrpc: "2.0", id: call.id, result: { resultType: "complete" } })}\n\n`);
      return undefined;
    },
  });
  const seen: string[] = [];
  const [gaps, others]: [number[], string[]] = [[], []];
  session.onMessage((message) => others.push(message.method));
  await session.listen({ tools: true }, (message) => seen.push(message.method.split("/").at(-1) ?? ""), { onGap: () => gaps.push(seen.length) });
  assert.deepEqual(others, []);
  assert.equal(streams, 2);
  assert.equal(gaps.length, 1);
  assert.equal(seen.filter((method) => method === "list_changed").length, 2, seen.join());
});

test("a pinned revision is what is spoken, or an error", async (t) => {
  await assert.rejects(connected(t, {}, { revision: "2020-01-01" }), { code: "HF301" });
  const session = await connected(t, {}, { revision: "2026-07-28" });
  assert.equal(session.state?.revision, "2026-07-28");
});
