import assert from "node:assert/strict";
import { test } from "node:test";
import { goRuntime } from "../src/core/go-worker.js";

const source = `
  globalThis.crypto.getRandomValues(new Uint8Array(1));
  globalThis.leak = 1;
  globalThis.Go = class { say(text) { fs.writeSync(2, new TextEncoder().encode(text)); } };`;

test("the runtime is found, prints where it is told to, and leaves nothing behind", () => {
  const printed: string[] = [];
  const Go = goRuntime(source, (text) => printed.push(text));
  (new Go() as unknown as { say(text: string): void }).say("panic: no");
  assert.deepEqual(printed, ["panic: no"]);
  assert.deepEqual(["Go" in globalThis, "leak" in globalThis], [false, false]);
});

test("another script is refused", () => {
  assert.throws(() => goRuntime("globalThis.other = 1", () => undefined), TypeError);
});
