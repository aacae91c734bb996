import assert from "node:assert/strict";
import { test } from "node:test";
import { Playground } from "../src/playground.js";
import type { View } from "../src/view.js";
import { FakeCore, FakeSession, refused } from "./fake.js";

function page(core = new FakeCore()) {
  const views: View[] = [];
  const open = async (env: FakeCore["env"]) => Object.assign(core, { env });
  const playground = new Playground(open, (view) => views.push(view));
  return { core, playground, last: () => views.at(-1)! };
}

test("pasting explains the first server and connects nothing", async () => {
  const { core, playground, last } = page();
  await playground.edit("acme other");
  assert.equal(last().explained?.server, "acme");
  assert.equal(core.connects, 0);
});

test("of several edits in a row only the last is read", async () => {
  const { core, playground } = page();
  await Promise.all(["a", "ab", "abc"].map((text) => playground.edit(text)));
  assert.deepEqual(core.texts, ["abc"]);
});

test("an edit stays with the server that was chosen", async () => {
  const { playground, last } = page();
  await playground.edit("acme other");
  await playground.choose("other");
  await playground.edit("acme more other");
  assert.equal(last().explained?.server, "other");
});

test("a text that cannot be read shows its problem and explains nothing", async () => {
  const { playground, last } = page();
  await playground.edit("acme");
  await playground.edit("{");
  assert.equal(last().problems[0]?.code, "HF201");
  assert.equal(last().explained, undefined);
});

test("a variable that the core asks for gets a field, and its value is the answer", async () => {
  const { core, playground, last } = page();
  core.variable = "KEY";
  await playground.edit("acme");
  assert.deepEqual(last().variables, [{ name: "KEY", set: false }]);
  await playground.setVariable("KEY", "secret");
  assert.deepEqual(last().variables, [{ name: "KEY", set: true }]);
  assert.equal(core.env("KEY"), "secret");
});

test("a failure stays over an edit, and ends with the next attempt", async () => {
  const { core, playground, last } = page();
  core.attempts = [refused, new FakeSession()];
  await playground.edit("acme");
  await playground.connect();
  await playground.edit("acme other");
  assert.deepEqual(last().connection, { phase: "failed", server: "acme", problem: refused });
  await playground.connect();
  assert.equal(last().connection.phase, "ready");
});

test("an outcome goes with its server", async () => {
  const { core, playground, last } = page();
  const session = new FakeSession();
  core.attempts = [session];
  await playground.edit("acme");
  await playground.connect();
  await playground.edit("other");
  assert.equal(last().connection.phase, "idle");
  assert.equal(session.closed, 1);
});

test("a core that does not open is a problem, and is tried again", async () => {
  let opens = 0;
  let last: View | undefined;
  const open = async () => {
    if (opens++ === 0) throw new Error("no wasm here");
    return new FakeCore();
  };
  const playground = new Playground(open, (view) => (last = view));
  await playground.edit("acme");
  assert.equal(last?.problems[0]?.body, "no wasm here");
  await playground.edit("acme");
  assert.equal(last?.explained?.server, "acme");
});

test("a dead core is opened anew", async () => {
  const cores = [new FakeCore(), new FakeCore()] as const;
  const left: FakeCore[] = [...cores];
  const playground = new Playground(async () => left.shift()!, () => undefined);
  await playground.edit("acme");
  cores[0].ended = new Error("the core stopped");
  await playground.edit("acme other");
  assert.deepEqual(cores[1].texts, ["acme other"]);
});
