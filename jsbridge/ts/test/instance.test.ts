import assert from "node:assert/strict";
import { test } from "node:test";
import { Core } from "../src/client.js";
import { Instance } from "../src/instance.js";
import type { CoreExports } from "../src/instance.js";
import { FakeCore } from "./fake.js";
import type { Answer } from "./fake.js";

const options = {
  http: { send: () => undefined, close: () => undefined },
  env: () => undefined,
  client: { name: "test", title: "Test", version: "1" },
};

const over = (answer: (n: number) => Answer): { core: Core; fake: FakeCore; instance: Instance } => {
  const fake = new FakeCore((_, n) => answer(n));
  const instance = new Instance(fake);
  return { core: Core.over(instance, options), fake, instance };
};

test("memory that grows in every call is read anew", () => {
  const { fake } = over(() => ({}));
  assert.equal(fake.batches.length, 1);
});

test("the output is a copy: the next step does not change it", () => {
  const mem = { buffer: new ArrayBuffer(64) };
  let n = 0;
  const exports: CoreExports = {
    mem,
    alloc: () => 8,
    step: () => {
      const bytes = new Uint8Array(mem.buffer);
      bytes[0] = 1;
      bytes[32] = ++n;
      return (32n << 32n) | 1n;
    },
  };
  const instance = new Instance(exports);
  const first = instance.step(new Uint8Array(1));
  instance.step(new Uint8Array(1));
  assert.deepEqual([...first], [1]);
});

test("addresses beyond 2 GiB are not negative", () => {
  const at = 0x8000_0008;
  const buffer = new ArrayBuffer(at + 64); // never touched but for a few bytes, so never really there
  new Uint8Array(buffer)[at - 8] = 1;
  const instance = new Instance({ mem: { buffer }, alloc: () => at | 0, step: (n) => BigInt.asIntN(64, (BigInt(at) << 32n) | BigInt(n)) });
  assert.deepEqual([...instance.step(new Uint8Array([1, 2, 3]))], [1, 2, 3]);
});

test("after exit nothing is taken, though the export answered", async () => {
  const { core, instance } = over((n) => (n === 0 ? {} : (instance.kill("panic: boom"), {})));
  const pending = [core.load({ path: "a", text: "{}" }), core.explain(1, "x")];
  for (const p of pending) await assert.rejects(p, { name: "HeadfastError", code: "HF900", body: "panic: boom" });
  const again = await core.load({ path: "b", text: "" }).catch((e: unknown) => e);
  assert.equal(again, core.ended, "one error for all");
  assert.throws(() => instance.step(new Uint8Array(0)), { code: "HF900" });
});

test("a trap is a death too", async () => {
  const { core, fake } = over((n) => {
    if (n > 0) throw new WebAssembly.RuntimeError("unreachable");
    return {};
  });
  await assert.rejects(core.load({ path: "a", text: "{}" }), { code: "HF900", body: "unreachable" });
  await assert.rejects(core.load({ path: "a", text: "{}" }), { code: "HF900" });
  assert.equal(fake.batches.length, 2);
});

test("an output that is no message ends the core", async () => {
  const { core } = over((n) => (n === 0 ? {} : new Uint8Array([0xc1])));
  await assert.rejects(core.load({ path: "a", text: "{}" }), { code: "HF900", title: "The boundary broke" });
});

test("a refused intake ends the core", () => {
  const fake = new FakeCore(() => ({}));
  fake.alloc = () => 0;
  assert.throws(() => Core.over(new Instance(fake), options), { code: "HF900" });
});

test("a mismatch names both sides", () => {
  const wrong = { version: 9, schema: "0123456789abcdef", build: "old", dialects: [] };
  assert.throws(() => over(() => ({ hello: wrong })), (e: Error) => {
    assert.match(e.message, /module: version 9, schema 0123456789abcdef, old; package: version \d+, schema [0-9a-f]{16}/);
    return true;
  });
  assert.throws(() => over(() => ({ hello: undefined })), { title: "The core did not greet" });
});

test("a text too large for any batch is the caller's mistake and harms nobody else", async () => {
  const { core, fake } = over(() => ({}));
  const text = new Uint8Array((32 << 20) + 1);
  await assert.rejects(core.load({ path: "a", text }), { code: "HF301", outcome: "not_sent" });
  assert.equal(core.ended, undefined);
  assert.equal(fake.batches.length, 1);
});
