import assert from "node:assert/strict";
import type { IncomingMessage, ServerResponse } from "node:http";
import { test } from "node:test";
import type { TestContext } from "node:test";
import type { HeadfastError } from "../src/errors.js";
import type { Trace } from "../src/msg.gen.js";
import { open } from "../src/node.js";
import type { Core } from "../src/node.js";
import type { Json } from "../src/mcp.js";
import { serve } from "./http-rig.js";
import { WASM, WASM_EXEC } from "./module.js";

const SECRET = "sk-0123456789abcdefghij-WXYZ";

interface Call {
  id?: string;
  method: string;
  params?: { name?: string; _meta?: { progressToken?: Json } };
}

/** A small MCP server of 2025-06-18 that wants a key. */
async function mcp(t: TestContext, call: (c: Call, res: ServerResponse, req: IncomingMessage) => Json | undefined): Promise<string> {
  const { url } = await serve(t, (req, res) => {
    if (req.headers.authorization !== `Bearer ${SECRET}`) return void res.writeHead(401).end("<html>no</html>");
    if (req.method !== "POST") return void res.writeHead(405).end();
    const parts: Buffer[] = [];
    req.on("data", (d: Buffer) => parts.push(d));
    req.on("end", () => answer(JSON.parse(Buffer.concat(parts).toString()) as Call, req, res, call));
  });
  return `${url}/mcp`;
}

function answer(c: Call, req: IncomingMessage, res: ServerResponse, call: Parameters<typeof mcp>[1]): void {
  if (c.id === undefined) return void res.writeHead(202).end();
  const reply = (body: object): void => {
    res.setHeader("Content-Type", "application/json").end(JSON.stringify({ jsonrpc: "2.0", id: c.id, ...body }));
  };
  if (c.method === "server/discover") return reply({ error: { code: -32601, message: "Method not found" } });
  if (c.method === "initialize") {
    return reply({ result: { protocolVersion: "2025-06-18", capabilities: { tools: {} }, serverInfo: { name: "rig", version: "1" } } });
  }
  const result = call(c, res, req);
  if (result !== undefined) reply({ result });
}

async function opened(t: TestContext, trace?: (line: Trace) => void): Promise<Core> {
  const core = await open({
    wasm: WASM, wasmExec: WASM_EXEC, trace,
    client: { name: "test", title: "Test", version: "1" },
    env: (name) => (name === "KEY" ? SECRET : undefined),
  });
  t.after(() => core.close());
  return core;
}

const config = (url: string, key = "${KEY}"): { path: string; text: string } => ({
  path: "/w/.mcp.json",
  text: JSON.stringify({ mcpServers: { rig: { type: "http", url, headers: { Authorization: `Bearer ${key}` } } } }),
});

test("the module greets", async (t) => {
  assert.match((await opened(t)).build, /go1\./);
});

test("load and explain tell which header goes where, without its value", async (t) => {
  const core = await opened(t);
  const loaded = await core.load(config("https://mcp.example/x"));
  assert.deepEqual(loaded.servers.map((s) => [s.name, s.transport, s.auth.mode]), [["rig", "http", "headers"]]);
  const explained = await core.explain(loaded.id, "rig");
  assert.equal(explained.auth.origin, "https://mcp.example");
  const [header] = explained.auth.header;
  assert.deepEqual([header?.name, header?.fingerprint, header?.sent], ["Authorization", "WXYZ", true]);
  assert.ok(!JSON.stringify(explained).includes(SECRET));
});

test("lint tells what is wrong at its token, of a file that cannot be read too, without a secret", async (t) => {
  const core = await opened(t);
  const text = `{ "mcpServers": { "é": { "url": "https://mcp.example/x", "headers": { "Authorization": "Bearer ${SECRET}" } }, } }`;
  const loaded = await core.load({ path: ".mcp.json", text });
  assert.equal(loaded.problems[0]?.code, "HF201");
  const findings = await core.lint([loaded.id]);
  const bytes = new TextEncoder().encode(text);
  assert.deepEqual(findings.map((f) => [f.check, new TextDecoder().decode(bytes.slice(f.at.start, f.at.end)).replace(SECRET, "…")]), [
    ["missing-type", '"https://mcp.example/x"'], ["literal-secret", "…"], ["trailing-comma", ","],
  ]);
  for (const { at, check } of findings) {
    if (check === "trailing-comma") assert.equal(text.slice(at.from.column - 1, at.to.column - 1), ",");
  }
  assert.ok(!JSON.stringify(findings).includes(SECRET));
  await assert.rejects(core.lint([99]), { code: "HF301" });
});

test("translate says an entry in another client's words, as a file and as edits of one", async (t) => {
  const core = await opened(t);
  const loaded = await core.load(config("https://mcp.example/x"));
  const alone = await core.translate(loaded.id, "rig", "codex");
  assert.match(alone.text, /^\[mcp_servers\.rig\]\nurl = "https:\/\/mcp\.example\/x"\n/);
  assert.deepEqual(alone.edits, []);
  const into = '{ "servers": {} } // mine\n';
  const { edits, replaces, losses } = await core.translate(loaded.id, "rig", "vs-code", { path: "mcp.json", text: into });
  assert.deepEqual([edits.length, edits[0]?.at.start, edits[0]?.at.end, replaces], [1, 14, 14, false]);
  assert.ok(!JSON.stringify({ alone, edits, losses }).includes(SECRET));
  await assert.rejects(core.translate(loaded.id, "rig", "registry"), { name: "HeadfastError", code: "HF203" });
});

test("a file that is no JSON is loaded with a problem, and a server that is not there is a reason", async (t) => {
  const core = await opened(t);
  const loaded = await core.load({ path: "x.json", text: "{" });
  assert.equal(loaded.problems[0]?.code, "HF201");
  const good = await core.load(config("https://mcp.example/x"));
  await assert.rejects(core.connect(good.id, "nobody"), { name: "HeadfastError", code: "HF206" });
});

test("connect, list, call, progress and close over loopback", async (t) => {
  const seen: string[] = [];
  const url = await mcp(t, (c, res) => {
    seen.push(c.method);
    if (c.method === "tools/list") return { tools: [{ name: "echo", inputSchema: { type: "object" } }] };
    if (c.params?.name === "echo") return { content: [{ type: "text", text: "héllo" }] };
    const note = { jsonrpc: "2.0", method: "notifications/progress", params: { progressToken: c.params?._meta?.progressToken, progress: 0.5 } };
    res.writeHead(200, { "Content-Type": "text/event-stream" });
    res.write(`data: ${JSON.stringify(note)}\n\n`);
    res.end(`data: ${JSON.stringify({ jsonrpc: "2.0", id: c.id, result: { content: [], isError: true } })}\n\n`);
    return undefined;
  });
  const lines: Trace[] = [];
  const core = await opened(t, (line) => lines.push(line));
  const { id } = await core.load(config(url));
  const session = await core.connect(id, "rig");
  assert.deepEqual([session.state?.phase, session.state?.revision, session.state?.serverName], ["ready", "2025-06-18", "rig"]);
  assert.deepEqual((await session.listTools()).map((tool) => tool.name), ["echo"]);
  assert.deepEqual(await session.callTool("echo", { x: 1 }), { content: [{ type: "text", text: "héllo" }] });
  const progress: number[] = [];
  const slow = await session.callTool("slow", {}, { onProgress: (p) => progress.push(p.progress) });
  assert.deepEqual([slow.isError, progress], [true, [0.5]]);
  await session.close();
  assert.deepEqual(seen, ["tools/list", "tools/call", "tools/call"]);
  assert.ok(lines.some((l) => l.rpc === "tools/call" && l.status === 200));
  assert.ok(!JSON.stringify(lines).includes(SECRET));
});

test("a refused header is a reason that names the place", async (t) => {
  const url = await mcp(t, () => ({}));
  const core = await opened(t);
  const { id } = await core.load(config(url, "wrong"));
  await assert.rejects(core.connect(id, "rig"), (e: HeadfastError) => {
    assert.deepEqual([e.code, e.party, e.status, e.server, e.where.line], ["HF101", "server", 401, "rig", 1]);
    return true;
  });
});

test("nobody listening is a reason too", async (t) => {
  const core = await opened(t);
  const { id } = await core.load(config("http://127.0.0.1:1/mcp"));
  await assert.rejects(core.connect(id, "rig"), { code: "HF107", outcome: "not_sent" });
});

test("a signal cancels with its reason, and a time-out ends by the core's deadline", async (t) => {
  const url = await mcp(t, () => undefined); // never answers a call
  const core = await opened(t);
  const { id } = await core.load(config(url));
  const session = await core.connect(id, "rig");
  const controller = new AbortController();
  const call = session.callTool("x", {}, { signal: controller.signal });
  setTimeout(() => controller.abort("enough"), 30);
  await assert.rejects(call, { name: "HeadfastError", outcome: "cancelled", cause: "enough" });
  await assert.rejects(session.callTool("x", {}, { signal: AbortSignal.abort("before") }), { outcome: "cancelled", cause: "before" });
  const start = performance.now();
  await assert.rejects(session.callTool("x", {}, { timeoutMs: 100 }), { name: "HeadfastError", outcome: "unknown" });
  assert.ok(performance.now() - start >= 99);
});

test("close rejects what is pending and everything after", async (t) => {
  const url = await mcp(t, () => undefined);
  const core = await opened(t);
  const { id } = await core.load(config(url));
  const session = await core.connect(id, "rig");
  const call = assert.rejects(session.callTool("x"), { name: "HeadfastError" });
  await core.close();
  await call;
  await assert.rejects(core.load(config(url)), { code: "HF301" });
  await core.close();
});

test("calls at once are answered each", async (t) => {
  const url = await mcp(t, (c) => ({ content: [{ type: "text", text: c.params?.name ?? "" }] }));
  const core = await opened(t);
  const { id } = await core.load(config(url));
  const session = await core.connect(id, "rig");
  const names = Array.from({ length: 200 }, (_, i) => `tool-${i}`);
  const results = await Promise.all(names.map((name) => session.callTool(name)));
  assert.deepEqual(results.map((r) => r.content[0]?.["text"]), names);
});

test("what every object inherits is no environment variable", async (t) => {
  const core = await open({ client: { name: "t", title: "", version: "1" }, wasm: WASM, wasmExec: WASM_EXEC });
  t.after(() => core.close());
  for (const name of ["hasOwnProperty", "__defineGetter__", "toString", "constructor", "__proto__"]) {
    const text = JSON.stringify({ mcpServers: { a: { type: "http", url: "https://h.test/mcp", headers: { "X-API-Key": `\${${name}}` } } } });
    const config = await core.load({ path: "c.json", text });
    const explained = await core.explain(config.id, "a");
    assert.deepEqual(explained.auth.header[0]?.unset, [name]);
    assert.equal(explained.problems[0]?.code, "HF102");
  }
});

test("survey tells where the clients look, on the system that is asked about", async (t) => {
  const core = await opened(t);
  const paths = async (os: string): Promise<string[]> =>
    (await core.survey(os)).filter(({ dialect }) => dialect === "claude-code").map(({ path }) => path);
  assert.deepEqual(await paths("linux"), [
    "/etc/claude-code/managed-mcp.json", ".mcp.json", "${CLAUDE_CONFIG_DIR}/.claude.json", "~/.claude.json",
  ]);
  assert.deepEqual(await paths(""), [".mcp.json", "${CLAUDE_CONFIG_DIR}/.claude.json", "~/.claude.json"]);
});
