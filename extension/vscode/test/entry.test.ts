import assert from "node:assert/strict";
import { test } from "node:test";
import { FakeCore, FakeSession, looked, refused, server } from "./fake.js";

test("a second connect while one is under way does nothing", async () => {
  const { entry, fake } = await looked();
  let arrive = (_: FakeSession) => {};
  fake.attempts = [new Promise<FakeSession>((done) => (arrive = done))];
  const first = entry.connect();
  await entry.connect();
  arrive(new FakeSession());
  await first;
  assert.equal(fake.connects.length, 1);
});

test("a connect again closes the session before", async () => {
  const { entry, fake } = await looked();
  const session = new FakeSession();
  fake.attempts = [session, new FakeSession()];
  await entry.connect();
  await entry.connect();
  assert.equal(session.closed, 1);
  assert.equal(entry.state.phase, "ready");
});

test("a disconnect ends the session", async () => {
  const { entry, fake } = await looked();
  const session = new FakeSession();
  fake.attempts = [session];
  await entry.connect();
  await entry.disconnect();
  assert.equal(session.closed, 1);
  assert.equal(entry.state.phase, "idle");
});

test("a disconnect gives up on connecting: what arrives later is closed", async () => {
  const { entry, fake } = await looked();
  const session = new FakeSession();
  let arrive = (_: FakeSession) => {};
  fake.attempts = [new Promise<FakeSession>((done) => (arrive = done))];
  const connecting = entry.connect();
  await entry.disconnect();
  assert.equal(entry.state.phase, "idle");
  assert.equal(fake.connects[0]?.[2]?.signal?.aborted, true);
  arrive(session);
  await connecting;
  assert.equal(session.closed, 1);
  assert.equal(entry.state.phase, "idle");
});

test("a session whose tools cannot be listed is closed", async () => {
  const { entry, fake } = await looked();
  const session = new FakeSession();
  session.listTools = () => Promise.reject(refused);
  fake.attempts = [session];
  await entry.connect();
  assert.deepEqual(entry.state, { phase: "failed", problem: refused });
  assert.equal(session.closed, 1);
});

test("a stdio server is started where that can be, and nowhere else", async () => {
  for (const starts of [false, true]) {
    const core = new FakeCore();
    core.startsProcesses = starts;
    core.servers = [server({ transport: "stdio" })];
    core.attempts = [new FakeSession()];
    const { entry } = await looked({ cores: [core] });
    await entry.connect();
    assert.equal(core.connects.length, starts ? 1 : 0);
  }
});

test("prompts and resources are asked for where the server says that it has them", async () => {
  const plain = new FakeSession();
  const full = new FakeSession();
  full.greeting = { capabilities: { prompts: {}, resources: {} } };
  const { entry, fake } = await looked();
  fake.attempts = [plain, full];
  const counts = () => (entry.state.phase === "ready" ? Object.values(entry.state.offers).map((list) => list.length) : []);
  await entry.connect();
  assert.deepEqual(counts(), [1, 0, 0]);
  await entry.connect();
  assert.deepEqual(counts(), [1, 1, 1]);
});

test("a list that the server changed is listed again", async () => {
  const session = new FakeSession();
  const { entry, fake, configurations } = await looked();
  fake.attempts = [session];
  await entry.connect();
  session.tools = [...session.tools, { name: "another", description: "", inputSchema: {} }];
  const changed = new Promise<void>((done) => configurations.onDidChange(done));
  session.messages[0]?.({ method: "notifications/tools/list_changed", params: {} });
  await changed;
  assert.equal(entry.state.phase === "ready" && entry.state.offers.tools.length, 2);
});

test("a session that loses its connection says so, and one that ends is a failure", async () => {
  const session = new FakeSession();
  const { entry, fake } = await looked();
  fake.attempts = [session];
  await entry.connect();
  const tell = (phase: string) => session.states[0]?.({ phase } as Parameters<(typeof session.states)[0]>[0]);
  tell("reconnecting");
  assert.equal(entry.state.phase === "ready" && entry.state.lost, true);
  tell("ready");
  assert.equal(entry.state.phase === "ready" && entry.state.lost, false);
  tell("failed");
  assert.equal(entry.state.phase === "failed" && entry.state.problem.title, "The session ended");
});

test("what features give goes with every connect", async () => {
  const { entry, fake, sessionOptions } = await looked();
  sessionOptions.push((one) => ({ profile: `of ${one.server.name}` }), () => ({ timeoutMs: 5 }));
  fake.attempts = [new FakeSession()];
  await entry.connect();
  const options = fake.connects[0]?.[2];
  assert.deepEqual([options?.profile, options?.timeoutMs], ["of acme", 5]);
});
