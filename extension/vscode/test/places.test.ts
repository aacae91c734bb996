import assert from "node:assert/strict";
import { test } from "node:test";
import { discover, spots, type Where } from "../src/model/places.js";
import { FakeDisk, place } from "./fake.js";

function where(part: Partial<Where> & { files?: string[] } = {}): Where {
  const files = Object.fromEntries((part.files ?? []).map((uri) => [uri, ""]));
  return { folders: [{ uri: "file:///w", name: "w" }], home: "/home/ann", variable: () => undefined, disk: new FakeDisk(files), ...part };
}

async function found(places: Parameters<typeof spots>[0], at: Where) {
  return (await discover(spots(places, at), at)).map(({ uri, path, scope, also }) => ({ uri, path, scope, ...(also.length > 0 && { also }) }));
}

test("a place of the project is looked for in every folder, and named by it", async () => {
  const folders = [{ uri: "file:///w", name: "w" }, { uri: "vfs://host/v", name: "v" }];
  const at = where({ folders, files: ["file:///w/.mcp.json", "vfs://host/v/.mcp.json"] });
  assert.deepEqual(await found([place()], at), [
    { uri: "file:///w/.mcp.json", path: "w/.mcp.json", scope: "project" },
    { uri: "vfs://host/v/.mcp.json", path: "v/.mcp.json", scope: "project" },
  ]);
});

test("home and environment are put in; a place without its variable is none", async () => {
  const at = where({
    files: ["file:///home/ann/.claude.json", "file:///codex/config.toml"],
    variable: (name) => (name === "CODEX_HOME" ? "/codex" : undefined),
  });
  const paths = ["~/.claude.json", "${CODEX_HOME}/config.toml", "${NOT_SET}/.claude.json"];
  assert.deepEqual(await found(paths.map((path) => place({ scope: "user", path })), at), [
    { uri: "file:///home/ann/.claude.json", path: "~/.claude.json", scope: "user" },
    { uri: "file:///codex/config.toml", path: "/codex/config.toml", scope: "user" },
  ]);
});

test("a star stands for any name, and for no folder more", async () => {
  const files = ["b.json", "a.json", "c.yaml", "d/e.json"].map((name) => `file:///w/.kiro/agents/${name}`);
  const got = await found([place({ path: ".kiro/agents/*.json" })], where({ files }));
  assert.deepEqual(got.map(({ path }) => path), [".kiro/agents/a.json", ".kiro/agents/b.json"]);
});

test("a star in the middle", async () => {
  const files = ["file:///home/ann/profiles/one/mcp.json", "file:///home/ann/profiles/two/other.json"];
  const got = await found([place({ scope: "user", path: "~/profiles/*/mcp.json" })], where({ files }));
  assert.deepEqual(got.map(({ path }) => path), ["~/profiles/one/mcp.json"]);
});

test("a file that several clients read is there once, and says whose else it is", async () => {
  const places = [place(), place({ dialect: "copilot-cli", client: "Copilot CLI" }), place({ dialect: "copilot-cli", client: "Copilot CLI" })];
  assert.deepEqual(await found(places, where({ files: ["file:///w/.mcp.json"] })), [
    { uri: "file:///w/.mcp.json", path: ".mcp.json", scope: "project", also: ["Copilot CLI"] },
  ]);
});

test("a file of the person that is in the folder is the folder's: it may be anybody's", async () => {
  const folders = [{ uri: "file:///home/ann", name: "ann" }];
  const at = where({ folders, files: ["file:///home/ann/.cursor/mcp.json"] });
  assert.deepEqual(await found([place({ scope: "user", path: "~/.cursor/mcp.json" })], at), [
    { uri: "file:///home/ann/.cursor/mcp.json", path: ".cursor/mcp.json", scope: "project" },
  ]);
});

test("where the machine is out of reach, only the folder is looked at", async () => {
  const files = ["file:///w/.mcp.json", "file:///etc/codex/config.toml", "file:///home/ann/.claude.json"];
  const places = [place(), place({ scope: "managed", path: "/etc/codex/config.toml" }), place({ scope: "user", path: "~/.claude.json" })];
  assert.deepEqual((await found(places, where({ files, home: undefined }))).map(({ path }) => path), [".mcp.json"]);
});
