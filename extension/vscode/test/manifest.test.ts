import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { open } from "headfast/node";

const read = (name: string) => readFileSync(name, "utf8");
const manifest = JSON.parse(read("package.json")) as { activationEvents: string[]; contributes: { commands: Command[] } };
interface Command {
  command: string;
  title: string;
  category: string;
}

test("every text of the manifest is in package.nls.json, and nothing else is", () => {
  const keys = [...read("package.json").matchAll(/"%([\w.]+)%"/g)].map(([, key]) => key);
  assert.deepEqual([...new Set(keys)].sort(), Object.keys(JSON.parse(read("package.nls.json")) as object).sort());
});

test("every command has a title that can be translated and the category Headfast", () => {
  for (const { command, title, category } of manifest.contributes.commands) {
    assert.match(title, /^%.+%$/, command);
    assert.equal(category, "Headfast", command);
  }
});

/** Files that most folders have for other reasons: they are listed once the view is opened, and wake nothing. */
const COMMON = [".vscode/settings.json", "*.code-workspace", "server.json"];

test("a folder with a file of any client wakes the extension", async () => {
  const core = await open({
    wasm: "../../dist/headfast.wasm", wasmExec: "../../dist/wasm_exec.js", client: { name: "test", title: "Test", version: "1" },
  });
  const places = await core.survey("");
  await core.close();
  const project = places.filter(({ scope, path }) => scope === "project" && !/^([~/$]|[A-Za-z]:)/.test(path)).map(({ path }) => path);
  const waking = [...new Set(project)].filter((path) => !COMMON.includes(path)).map((path) => `workspaceContains:${path}`);
  assert.deepEqual(manifest.activationEvents.filter((event) => event.startsWith("workspaceContains:")).sort(), waking.sort());
});
