import assert from "node:assert/strict";
import { test } from "node:test";
import type { TestContext } from "node:test";
import { open } from "../src/node.js";
import type { Core } from "../src/node.js";
import { serve } from "./http-rig.js";
import { WASM, WASM_EXEC } from "./module.js";

const KEY = "fake-key-0123456789-abcd";

async function opened(t: TestContext): Promise<Core> {
  const core = await open({ wasm: WASM, wasmExec: WASM_EXEC, client: { name: "test", title: "Test", version: "1" }, env: () => undefined });
  t.after(() => core.close());
  return core;
}

const config = (url: string): { path: string; text: string } => ({
  path: ".mcp.json",
  text: JSON.stringify({ mcpServers: { rig: { type: "http", url, headers: { "X-API-Key": KEY } } } }),
});

test("a probe tells where a server answers, and the key goes to the entry's path only", async (t) => {
  const keys: [string, boolean][] = [];
  const { url } = await serve(t, (req, res) => {
    keys.push([req.url ?? "", req.headers["x-api-key"] !== undefined]);
    if (req.url !== "/mcp") return void res.writeHead(404).end();
    const result = { supportedVersions: ["2026-07-28"], capabilities: {} };
    res.setHeader("Content-Type", "application/json").end(JSON.stringify({ jsonrpc: "2.0", id: "x", result }));
  });
  const core = await opened(t);
  const { id } = await core.load(config(`${url}/api`));
  const found = await core.probe(id, "rig");
  assert.deepEqual([found.url, found.revision, found.problem?.code, found.fix?.edits[0]?.text], [`${url}/mcp`, "2026-07-28", "HF105", "/mcp"]);
  assert.ok(keys.every(([path, sent]) => sent === (path === "/api")), JSON.stringify(keys));
});

test("a probe that is aborted, and one of an entry that is not there, are rejected", async (t) => {
  const { url } = await serve(t, () => undefined);
  const core = await opened(t);
  const { id } = await core.load(config(url));
  const stop = new AbortController();
  const waiting = core.probe(id, "rig", 0, stop.signal);
  setTimeout(() => stop.abort(), 20);
  await assert.rejects(waiting, { name: "HeadfastError", code: "HF302" });
  await assert.rejects(core.probe(id, "nobody"), { name: "HeadfastError", code: "HF206" });
});
