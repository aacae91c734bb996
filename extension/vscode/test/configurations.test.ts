import assert from "node:assert/strict";
import { test } from "node:test";
import type { Session } from "../src/core.js";
import { Store } from "../src/store.js";
import { FakeCore, FakeSession, refused } from "./fake.js";

function file(text: string) {
  return { key: "file:///w/.mcp.json", path: ".mcp.json", text: new TextEncoder().encode(text) };
}

async function shown(core: FakeCore) {
  const store = new Store(async () => core, () => undefined);
  await store.show([file("one")]);
  const [row] = store.rows;
  assert.ok(row);
  return { store, row };
}

test("showing connects nothing", async () => {
  const core = new FakeCore();
  const { row } = await shown(core);
  assert.equal(row.state.phase, "idle");
  assert.equal(core.connects, 0);
});

test("a failure stays while the text stays, and ends with the next attempt", async () => {
  const core = new FakeCore();
  core.attempts = [refused, new FakeSession()];
  const { store, row } = await shown(core);
  await row.connect();
  await store.show([file("one")]);
  assert.equal(store.rows[0], row);
  assert.deepEqual(row.state, { phase: "failed", problem: refused });
  await row.connect();
  assert.equal(row.state.phase, "ready");
});

test("a changed text gives new rows and closes the old sessions", async () => {
  const core = new FakeCore();
  const session = new FakeSession();
  core.attempts = [session];
  const { store, row } = await shown(core);
  await row.connect();
  await store.show([file("two")]);
  assert.equal(store.rows[0]?.state.phase, "idle");
  assert.equal(session.closed, 1);
});

test("a session that arrives after its file went is closed at once", async () => {
  const core = new FakeCore();
  const session = new FakeSession();
  let arrive = (_: Session) => {};
  core.attempts = [new Promise((done) => (arrive = done))];
  const { store, row } = await shown(core);
  const connecting = row.connect();
  await store.show([]);
  arrive(session);
  await connecting;
  assert.equal(session.closed, 1);
});

test("a second connect while one is under way does nothing", async () => {
  const core = new FakeCore();
  let arrive = (_: Session) => {};
  core.attempts = [new Promise((done) => (arrive = done))];
  const { row } = await shown(core);
  const first = row.connect();
  await row.connect();
  arrive(new FakeSession());
  await first;
  assert.equal(core.connects, 1);
});

test("a connect again closes the session before", async () => {
  const core = new FakeCore();
  const session = new FakeSession();
  core.attempts = [session, new FakeSession()];
  const { row } = await shown(core);
  await row.connect();
  await row.connect();
  assert.equal(session.closed, 1);
  assert.equal(row.state.phase, "ready");
});

test("a session whose tools cannot be listed is closed", async () => {
  const core = new FakeCore();
  const session = new FakeSession();
  session.listTools = () => Promise.reject(refused);
  core.attempts = [session];
  const { row } = await shown(core);
  await row.connect();
  assert.deepEqual(row.state, { phase: "failed", problem: refused });
  assert.equal(session.closed, 1);
});

test("a stdio server is started where that can be, and nowhere else", async () => {
  for (const starts of [false, true]) {
    const core = new FakeCore();
    core.startsProcesses = starts;
    core.servers = core.servers.map((server) => ({ ...server, transport: "stdio" }));
    core.attempts = [new FakeSession()];
    const { row } = await shown(core);
    await row.connect();
    assert.equal(core.connects, starts ? 1 : 0);
  }
});

test("a core that does not open is a problem of the file, and is tried again", async () => {
  const core = new FakeCore();
  let opens = 0;
  const open = () => (opens++ === 0 ? Promise.reject(new Error("no wasm here")) : Promise.resolve(core));
  const store = new Store(open, () => undefined);
  await store.show([file("one")]);
  assert.equal(store.files[0]?.problems[0]?.body, "no wasm here");
  await store.show([file("one")]);
  assert.equal(store.rows.length, 1);
});

test("a dead core is opened anew by the next refresh", async () => {
  const cores = [new FakeCore(), new FakeCore()] as const;
  const left: FakeCore[] = [...cores];
  const store = new Store(async () => left.shift()!, () => undefined);
  await store.show([file("one")]);
  cores[0].ended = new Error("the core stopped");
  await store.show([file("one")]);
  assert.deepEqual([cores[0].loads, cores[1].loads], [1, 1]);
  assert.equal(store.rows[0]?.state.phase, "idle");
});

test("closing closes the sessions and the core", async () => {
  const core = new FakeCore();
  const session = new FakeSession();
  core.attempts = [session];
  const { store, row } = await shown(core);
  await row.connect();
  await store.close();
  assert.deepEqual([session.closed, core.closed], [1, 1]);
});
