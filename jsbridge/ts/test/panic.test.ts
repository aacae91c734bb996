import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { test } from "node:test";
import type { TestContext } from "node:test";
import { loadGo } from "../src/go-node.js";
import { Instance } from "../src/instance.js";
import { WASM_EXEC } from "./module.js";

const source = fileURLToPath(new URL("../../test/testdata/panics/", import.meta.url));

/** start builds and starts the module that panics and blocks. */
async function start(t: TestContext, printed: string[]): Promise<Instance> {
  const dir = mkdtempSync(join(tmpdir(), "headfast-"));
  t.after(() => rmSync(dir, { recursive: true }));
  const out = join(dir, "panics.wasm");
  execFileSync("go", ["build", "-o", out, "."], { cwd: source, env: { ...process.env, GOOS: "js", GOARCH: "wasm" } });
  const Go = loadGo(readFileSync(WASM_EXEC, "utf8"), (text) => printed.push(text));
  return Instance.start(await WebAssembly.compile(readFileSync(out)), Go);
}

test("a step that blocks is a death, though the export returns", async (t) => {
  const instance = await start(t, []);
  assert.deepEqual([...instance.step(new Uint8Array([1]))], [1]);
  for (let i = 0; i < 2; i++) {
    assert.throws(() => instance.step(new Uint8Array([9])), { code: "HF900", body: "a step blocked, which it must never do" });
  }
});

test("a panic in Go is latched, though the export returns, and its text is kept from standard output", async (t) => {
  const printed: string[] = [];
  const instance = await start(t, printed);
  const batch = new Uint8Array([1, 2, 3]);
  assert.deepEqual([...instance.step(batch)], [1, 2, 3]);
  instance.step(batch);
  assert.equal(instance.death, undefined);
  for (let i = 0; i < 2; i++) {
    assert.throws(() => instance.step(batch), { code: "HF900", body: "the Go program ended with code 2" });
  }
  assert.match(printed.join(""), /panic: three is too many/);
  assert.equal("Go" in globalThis, false, "no global is left behind");
});
