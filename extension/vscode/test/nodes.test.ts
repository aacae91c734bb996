import assert from "node:assert/strict";
import { test } from "node:test";
import { type Node, tree } from "../src/nodes.js";
import { Store } from "../src/store.js";
import { FakeCore, FakeSession, refused } from "./fake.js";

const text = new Uint8Array();
const one = { key: "a", path: "a/.mcp.json", text };

async function shown(core: FakeCore, ...found: (typeof one)[]) {
  const store = new Store(async () => core, () => undefined);
  await store.show(found);
  return store;
}

/** The tree as indented lines. */
function lines(nodes: Node[], depth = 0): string[] {
  return nodes.flatMap(({ label, description, children }) => [
    `${"  ".repeat(depth)}${[label, description].filter(Boolean).join(" | ")}`,
    ...lines(children, depth + 1),
  ]);
}

test("one file: its servers are at the top", async () => {
  const store = await shown(new FakeCore(), one);
  assert.deepEqual(lines(tree(store.files)), ["acme | not connected", "  sends X-API-Key, 14 characters, .mcp.json:7"]);
});

test("several files: one row each", async () => {
  const store = await shown(new FakeCore(), one, { ...one, key: "b", path: "b/.mcp.json" });
  assert.deepEqual(
    tree(store.files).map((node) => [node.label, node.children.length]),
    [["a/.mcp.json", 1], ["b/.mcp.json", 1]],
  );
});

test("a connected server shows its tools and says so", async () => {
  const core = new FakeCore();
  core.attempts = [new FakeSession()];
  const store = await shown(core, one);
  await store.rows[0]!.connect();
  const [node] = tree(store.files);
  assert.equal(node?.context, "server.ready");
  assert.equal(node.spoken, "Server acme, connected · 1 tool, sends X-API-Key, 14 characters, .mcp.json:7");
  assert.deepEqual(lines([node]), [
    "acme | connected · 1 tool",
    "  sends X-API-Key, 14 characters, .mcp.json:7",
    "  test_tool | A test tool",
  ]);
});

test("a failed server shows title and code, then the facts and what to do", async () => {
  const core = new FakeCore();
  core.attempts = [refused];
  const store = await shown(core, one);
  await store.rows[0]!.connect();
  const [node] = tree(store.files);
  assert.equal(node?.context, "server.failed");
  assert.deepEqual(lines([node]), [
    "acme | HF101 · The server refused the key it was sent",
    "  The server refused the key it was sent | HF101",
    '    127.0.0.1 answered 401: "Missing or invalid API key"',
    "    Edit .mcp.json:7",
    "  sends X-API-Key, 14 characters, .mcp.json:7",
  ]);
});

test("a stdio server that cannot be started here is shown, and offers no connect", async () => {
  const core = new FakeCore();
  core.servers = core.servers.map((server) => ({ ...server, transport: "stdio" }));
  const [node] = tree((await shown(core, one)).files);
  assert.deepEqual([node?.context, node?.description, node?.children.length], ["server.stdio", "stdio · cannot be started here", 0]);
});

test("a stdio server that can be started is like any other", async () => {
  const core = new FakeCore();
  core.startsProcesses = true;
  core.servers = core.servers.map((server) => ({ ...server, transport: "stdio" }));
  const [node] = tree((await shown(core, one)).files);
  assert.deepEqual([node?.context, node?.description], ["server.idle", "not connected"]);
});

test("rows keep their ids over a refresh", async () => {
  const store = await shown(new FakeCore(), one);
  const ids = (nodes: Node[]): string[] => nodes.flatMap((node) => [node.id, ...ids(node.children)]);
  const before = ids(tree(store.files));
  await store.show([one]);
  assert.deepEqual(ids(tree(store.files)), before);
  assert.equal(new Set(before).size, before.length);
});
