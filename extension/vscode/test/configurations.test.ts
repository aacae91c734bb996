import assert from "node:assert/strict";
import { test } from "node:test";
import { FakeCore, FakeSession, looked, place, refused, rig, server } from "./fake.js";

const mcp = "file:///w/.mcp.json";

test("showing connects nothing", async () => {
  const { entry, fake } = await looked();
  assert.equal(entry.state.phase, "idle");
  assert.deepEqual(fake.connects, []);
});

test("a failure stays while the text stays, and ends with the next attempt", async () => {
  const { entry, fake, configurations } = await looked();
  fake.attempts = [refused, new FakeSession()];
  await entry.connect();
  await configurations.refresh();
  assert.equal(configurations.entries[0], entry);
  assert.deepEqual(entry.state, { phase: "failed", problem: refused });
  await entry.connect();
  assert.equal(entry.state.phase, "ready");
});

test("a changed text gives new entries in the place of the old ones, and closes the old sessions", async () => {
  const { entry, fake, configurations, disk } = await looked();
  const session = new FakeSession();
  fake.attempts = [session];
  await entry.connect();
  disk.files[mcp] = "two";
  await configurations.refresh();
  assert.equal(configurations.entries[0]?.state.phase, "idle");
  assert.equal(session.closed, 1);
  assert.deepEqual(fake.loads.map(({ replaces }) => replaces), [undefined, 1]);
});

test("a session that arrives after its file went is closed at once", async () => {
  const { entry, fake, configurations, disk } = await looked();
  const session = new FakeSession();
  let arrive = (_: FakeSession) => {};
  fake.attempts = [new Promise<FakeSession>((done) => (arrive = done))];
  const connecting = entry.connect();
  delete disk.files[mcp];
  await configurations.refresh();
  arrive(session);
  await connecting;
  assert.equal(session.closed, 1);
});

test("a core that does not open is said, and is tried again", async () => {
  const made = rig({ cores: [] });
  await made.configurations.refresh();
  assert.equal(made.configurations.problem?.body, "no wasm here");
  assert.equal(made.configurations.known, true);
});

test("a dead core is opened anew by the next refresh", async () => {
  const cores = [new FakeCore(), new FakeCore()] as const;
  const { configurations } = await looked({ cores: [...cores] });
  cores[0].ended = new Error("the core stopped");
  await configurations.refresh();
  assert.deepEqual([cores[0].loads.length, cores[1].loads.length], [1, 1]);
  assert.equal(cores[1].loads[0]?.replaces, undefined);
  assert.equal(configurations.entries[0]?.state.phase, "idle");
});

test("closing closes the sessions and the core", async () => {
  const { entry, fake, configurations, core } = await looked();
  const session = new FakeSession();
  fake.attempts = [session];
  await entry.connect();
  await configurations.close();
  await core.close();
  assert.deepEqual([session.closed, fake.closed], [1, 1]);
});

test("a file of the folder is loaded as the project's, one of the person as the person's", async () => {
  const fake = new FakeCore();
  fake.places = [place(), place({ scope: "user", path: "~/.claude.json" })];
  await looked({ cores: [fake], files: { [mcp]: "{}", "file:///home/ann/.claude.json": "{}" } });
  assert.deepEqual(
    fake.loads.map(({ path, scope, folder, dialect }) => [path, scope, folder, dialect]),
    [[".mcp.json", "project", "/w", "claude-code"], ["~/.claude.json", "user", "/home/ann", "claude-code"]],
  );
});

test("a file that cannot be read is shown with the reason", async () => {
  const made = rig();
  made.disk.read = () => Promise.reject(new Error("permission denied"));
  await made.configurations.refresh();
  assert.equal(made.configurations.files[0]?.problems[0]?.body, "permission denied");
});

test("an entry for another folder is left out", async () => {
  const fake = new FakeCore();
  fake.servers = [server({ name: "here", project: "/w" }), server({ name: "there", project: "/other" }), server({ name: "everywhere" })];
  const { configurations } = await looked({ cores: [fake] });
  assert.deepEqual(configurations.entries.map((entry) => entry.server.name), ["here", "everywhere"]);
});

test("settings without servers are not shown, and a file for servers is", async () => {
  const fake = new FakeCore();
  fake.servers = [];
  fake.problems = [{ ...refused, code: "HF202" }];
  fake.places = [place(), place({ path: ".gemini/settings.json" })];
  const { configurations } = await looked({ cores: [fake], files: { [mcp]: "{}", "file:///w/.gemini/settings.json": "{}" } });
  assert.deepEqual(configurations.files.map(({ read }) => read.path), [".mcp.json"]);
});

test("of two entries with one name, the client's later one says which is used", async () => {
  const fake = new FakeCore();
  fake.places = [place({ path: "a.json" }), place({ path: "b.json" }), place({ path: "c.json", dialect: "cursor" })];
  const files = { "file:///w/a.json": "1", "file:///w/b.json": "2", "file:///w/c.json": "3" };
  const { configurations } = await looked({ cores: [fake], files });
  fake.problems = [];
  assert.deepEqual(configurations.entries.map((entry) => entry.shadowedBy?.line), [undefined, 3, undefined]);
});

test("an untrusted folder is listed: nothing is expanded and nothing connects", async () => {
  const { entry, fake, given, configurations } = await looked({ trusted: false });
  assert.equal(fake.explains, 0);
  await entry.connect();
  assert.deepEqual(fake.connects, []);
  given.trusted = true;
  await configurations.refresh();
  assert.equal(fake.explains, 1);
  assert.equal(configurations.entries[0], entry);
});
