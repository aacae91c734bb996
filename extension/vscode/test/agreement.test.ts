import assert from "node:assert/strict";
import { test } from "node:test";
import type { Agreement } from "headfast";
import { question, visible } from "../src/trust/agreement.js";
import { MementoTrust } from "../src/trust/store.js";

function agreement(part: Partial<Agreement> = {}): Agreement {
  const where = { file: ".mcp.json", line: 3, column: 5 };
  const facts = [{ name: "url", text: "https://acme.example/mcp", state: "same" }, { name: "header X-API-Key", text: "${KEY}", state: "new" }];
  return { id: 1, session: 1, server: "acme", where, facts, changed: false, ...part };
}

test("all that an entry would do is in the question", () => {
  assert.deepEqual(question(agreement()), {
    message: 'May "acme" at .mcp.json:3 act?',
    detail: "It was found in a project's folder, and may be anybody's. If you agree, it may do this until it changes:\n\n" +
      "url: https://acme.example/mcp\nheader X-API-Key: ${KEY}",
    long: false,
  });
});

test("of a changed entry, what is new and what is gone is marked", () => {
  const gone = { name: "url", text: "https://old.example/mcp", state: "gone" };
  const { detail } = question(agreement({ changed: true, facts: [...agreement().facts, gone] }));
  assert.ok(detail.endsWith("  url: https://acme.example/mcp\n+ header X-API-Key: ${KEY}\n- url: https://old.example/mcp"), detail);
});

test("no character hides, ends the line or turns it round", () => {
  assert.equal(visible("a\n\u202eb\u200bc\u2028\u0000"), "a\\u{a}\\u{202e}b\\u{200b}c\\u{2028}\\u{0}");
  const odd = question(agreement({ facts: [{ name: "url", text: "https://аcme.example", state: "same" }] }));
  assert.ok(odd.detail.includes("not ASCII"));
});

test("a long question is for an editor, and is whole", () => {
  const facts = Array.from({ length: 40 }, (_, i) => ({ name: `argument ${i}`, text: "x".repeat(50), state: "same" }));
  const { detail, long } = question(agreement({ facts }));
  assert.equal(long, true);
  assert.equal(detail.match(/x{50}/g)?.length, 40);
});

test("agreements are kept, listed and forgotten", async () => {
  const kept = new Map<string, unknown>([["other", 1]]);
  const store = new MementoTrust({
    get: <T>(key: string, otherwise: T) => (kept.get(key) as T | undefined) ?? otherwise,
    update: async (key, value) => void (value === undefined ? kept.delete(key) : kept.set(key, value)),
    keys: () => [...kept.keys()],
  });
  await store.put("a", "one");
  assert.deepEqual([await store.get("a"), await store.get("b"), await store.keys()], ["one", undefined, ["a"]]);
  await store.delete("a");
  assert.deepEqual([...kept.keys()], ["other"]);
});
