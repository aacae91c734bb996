import assert from "node:assert/strict";
import { test } from "node:test";
import type { TestContext } from "node:test";
import { open } from "../src/node.js";
import type { Core } from "../src/node.js";
import { serve } from "./http-rig.js";
import { WASM, WASM_EXEC } from "./module.js";

const SECRET = "sk-0123456789abcdefghij-WXYZ";

async function refused(t: TestContext, record: boolean): Promise<Core> {
  const { url } = await serve(t, (req, res) => void res.writeHead(401, { "X-Was": req.headers["x-api-key"] }).end(`no: ${SECRET}`));
  const core = await open({ wasm: WASM, wasmExec: WASM_EXEC, record, client: { name: "test", title: "Test", version: "1" }, env: (name) => (name === "KEY" ? SECRET : undefined) });
  t.after(() => core.close());
  const text = JSON.stringify({ mcpServers: { rig: { type: "http", url: `${url}/mcp`, headers: { "X-API-Key": "${KEY}" } } } });
  const { id } = await core.load({ path: ".mcp.json", text });
  await assert.rejects(core.connect(id, "rig"), { code: "HF101" });
  return core;
}

test("what was exchanged is told as a HAR and as commands, without the key", async (t) => {
  const core = await refused(t, true);
  const har = await core.export("har");
  const { entries } = (JSON.parse(har) as { log: { entries: { _exchange: number; response: { status: number; content: { text: string } } }[] } }).log;
  assert.deepEqual(entries.map(({ response }) => [response.status, response.content.text]), [[401, "no: [redacted]"]]);
  const curl = await core.export("curl", entries[0]?._exchange);
  assert.match(curl, /^# \d+\. POST server\/discover, rule configured-header, answered 401 in \d+ ms\ncurl /);
  assert.match(curl, /-H "X-API-Key: \$KEY"/);
  assert.equal(await core.export("curl", 4_000_000_000), "");
  assert.ok(!`${har}${curl}`.includes(SECRET));
});

test("nothing is exported where nothing is recorded", async (t) => {
  const core = await refused(t, false);
  await assert.rejects(core.export("har"), { name: "HeadfastError", code: "HF301" });
});
