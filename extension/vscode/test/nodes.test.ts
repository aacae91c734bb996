import assert from "node:assert/strict";
import { test } from "node:test";
import { type Node, tree } from "../src/servers/nodes.js";
import { problemCount } from "../src/servers/words.js";
import { FakeCore, FakeSession, looked, place, refused, server } from "./fake.js";

const auth = "sends X-API-Key, 14 characters, .mcp.json:7";

/** The tree as indented lines. */
function lines(nodes: Node[], depth = 0): string[] {
  return nodes.flatMap(({ label, description, children }) => [
    `${"  ".repeat(depth)}${[label, description].filter(Boolean).join(" | ")}`,
    ...lines(children, depth + 1),
  ]);
}

/** The first server's row. */
function first(nodes: Node[]): Node {
  return nodes[0]!.children.find((node) => node.entry)!;
}

test("a file says whose it is, for whom, and where", async () => {
  const { configurations } = await looked();
  assert.deepEqual(lines(tree(configurations.files)), ["Claude Code | this folder · .mcp.json", "  acme | not connected", `    ${auth}`]);
  assert.equal(tree(configurations.files)[0]?.spoken, "Configuration of Claude Code for this folder, file .mcp.json, 1 server");
});

test("clients and scopes have a row each, and files of one client and scope are below one row", async () => {
  const core = new FakeCore();
  const kiro = { dialect: "kiro", client: "Kiro", path: ".kiro/agents/*.json", shadows: false };
  core.places = [place(), place({ scope: "user", path: "~/.claude.json", shadows: false }), place(kiro)];
  const uris = ["w/.mcp.json", "home/ann/.claude.json", "w/.kiro/agents/a.json", "w/.kiro/agents/b.json"].map((name) => `file:///${name}`);
  const { configurations } = await looked({ cores: [core], files: Object.fromEntries(uris.map((uri) => [uri, uri])) });
  assert.deepEqual(lines(tree(configurations.files)).filter((line) => !line.includes("acme") && !line.includes("sends")), [
    "Claude Code | this folder · .mcp.json",
    "Claude Code | you · ~/.claude.json",
    "Kiro | this folder",
    "  .kiro/agents/a.json",
    "  .kiro/agents/b.json",
  ]);
});

test("a connected server shows its tools, prompts and resources, and says so", async () => {
  const { entry, fake, configurations } = await looked();
  const session = new FakeSession();
  session.greeting = { capabilities: { prompts: {}, resources: {} } };
  fake.attempts = [session];
  await entry.connect();
  const node = first(tree(configurations.files));
  assert.equal(node.context, "server.http.ready");
  assert.equal(node.spoken, `Server acme, connected · 1 tool, ${auth}`);
  assert.deepEqual(lines([node]), [
    "acme | connected · 1 tool",
    `  ${auth}`,
    "  Tools | 1",
    "    test_tool | A test tool",
    "  Prompts | 1",
    "    test_prompt",
    "  Resources | 1",
    "    test_resource | test://one",
  ]);
});

test("a failed server shows title and code, then the facts and what to do", async () => {
  const { entry, fake, configurations } = await looked();
  fake.attempts = [refused];
  await entry.connect();
  const node = first(tree(configurations.files));
  assert.equal(node.context, "server.http.failed");
  assert.deepEqual(lines([node]), [
    "acme | HF101 · The server refused the key it was sent",
    "  The server refused the key it was sent | HF101",
    '    127.0.0.1 answered 401: "Missing or invalid API key"',
    "    Edit .mcp.json:7",
    `  ${auth}`,
  ]);
  assert.equal(problemCount(configurations.files), 1);
});

test("a stdio server that cannot be started here is shown, and offers no connect", async () => {
  const core = new FakeCore();
  core.servers = [server({ transport: "stdio" })];
  const node = first(tree((await looked({ cores: [core] })).configurations.files));
  assert.deepEqual([node.context, node.description, node.children.length], ["server.stdio.unreachable", "stdio · cannot be started here", 0]);
});

test("a stdio server that can be started is like any other", async () => {
  const core = new FakeCore();
  core.startsProcesses = true;
  core.servers = [server({ transport: "stdio" })];
  const node = first(tree((await looked({ cores: [core] })).configurations.files));
  assert.deepEqual([node.context, node.description], ["server.stdio.idle", "not connected"]);
});

test("an entry that its client passes over says which comes first", async () => {
  const core = new FakeCore();
  core.places = [place(), place({ path: "b.json" })];
  const { configurations } = await looked({ cores: [core], files: { "file:///w/.mcp.json": "1", "file:///w/b.json": "2" } });
  assert.ok(lines(tree(configurations.files)).includes("      not used by its client: .mcp.json:3 comes first"));
});

test("rows keep their ids over a refresh, and every row is spoken", async () => {
  const { configurations } = await looked();
  const all = (nodes: Node[]): Node[] => nodes.flatMap((node) => [node, ...all(node.children)]);
  const ids = () => all(tree(configurations.files)).map((node) => node.id);
  const before = ids();
  await configurations.refresh();
  assert.deepEqual(ids(), before);
  assert.equal(new Set(before).size, before.length);
});
