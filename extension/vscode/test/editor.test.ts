import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test, type TestContext } from "node:test";
import { open } from "headfast/node";
import { CoreService } from "../src/core/service.js";
import { allSafe, changesAt } from "../src/editor/fixes.js";
import { entryAt, hoverAt } from "../src/editor/hover.js";
import { lenses } from "../src/editor/lenses.js";
import { type Document, Live, type LiveFile } from "../src/editor/live.js";
import { marks } from "../src/editor/marks.js";
import { offsetOf, type Place, placeOf, type Stretch } from "../src/editor/text.js";
import { typedVariable, variableNames } from "../src/editor/variables.js";
import { Configurations } from "../src/model/configurations.js";
import { FakeDisk, FakeLog } from "./fake.js";

const KEY = "fake-key-that-is-long-7f3c";
const env: Record<string, string> = { ACME_KEY: KEY };

const broken = `{
  "mcpServers": {
    "acme": {
      "type": "http",
      "url": "https://acme.example/mcp",
      "header": { "Authorization": "Bearer \${ACME_KEY}" },
    }
  }
}
`;
const good = broken.replace('"header"', '"headers"').replace("},\n    }", "}\n    }");

function openCore() {
  return open({
    wasm: "../../dist/headfast.wasm", wasmExec: "../../dist/wasm_exec.js", client: { name: "test", title: "Test", version: "1" },
    env: (name) => env[name],
  });
}

/** A folder /w with files, looked at with the real core. */
async function rig(test: TestContext, files: Record<string, string>) {
  const core = new CoreService(() => openCore());
  test.after(() => core.close());
  const disk = new FakeDisk(Object.fromEntries(Object.entries(files).map(([name, text]) => [`file:///w/${name}`, text])));
  const log = new FakeLog();
  const where = () => ({ folders: [{ uri: "file:///w", name: "w" }], home: undefined, variable: () => undefined, disk });
  const configurations = new Configurations({ core, os: "linux", where, trusted: () => true, options: [], log });
  const documents = new Map<string, Document>();
  const document = (uri: string) => documents.get(uri);
  const live = new Live({ core, configurations, document, folders: () => ["/w"], log });
  await configurations.refresh();
  await live.update();
  const file = (name: string): LiveFile => live.at(`file:///w/${name}`)!;
  const type = (name: string, text: string, version: number) => documents.set(`file:///w/${name}`, { text, version });
  return { core, configurations, live, file, type, log, disk };
}

function words({ text }: LiveFile, { from, to }: Stretch): string {
  return text.slice(offsetOf(text, from), offsetOf(text, to));
}

/** Where a part of the text begins. */
function at({ text }: LiveFile, part: string): Place {
  return placeOf(text, text.indexOf(part));
}

async function hover(rigged: Awaited<ReturnType<typeof rig>>, name: string, part: string) {
  const file = rigged.file(name);
  const server = entryAt(file, at(file, part));
  if (!server) return undefined;
  const explained = await (await rigged.core.get()).explain(file.config, server.name);
  const said = hoverAt(file, server, explained, at(file, part));
  return said && { on: words(file, said.at), lines: said.lines };
}

test("findings are marked at their tokens, with code, reason and entry", async (context) => {
  const made = await rig(context, { ".mcp.json": broken });
  const file = made.file(".mcp.json");
  assert.deepEqual(marks(file).map((mark) => [words(file, mark.at), mark.severity, mark.code, mark.server?.name]), [
    ['"header"', "warning", "HF203", undefined],
    [",", "error", "HF201", undefined],
  ]);
  assert.match(marks(file)[0]!.message, /^Claude Code does not read "header": it is called "headers"\nRename it to "headers"\.$/);
});

test("a text that is not saved is looked at, and not the one on the disk", async (context) => {
  const made = await rig(context, { ".mcp.json": good });
  assert.deepEqual(marks(made.file(".mcp.json")), []);
  made.type(".mcp.json", broken.replace('"acme"', '"äcme😀"'), 2);
  const file = (await made.live.current("file:///w/.mcp.json", 2))!;
  assert.deepEqual([file.saved, marks(file).map((mark) => words(file, mark.at))], [false, ['"header"', ","]]);
  made.type(".mcp.json", good, 3);
  assert.deepEqual(marks((await made.live.current("file:///w/.mcp.json", 3))!), []);
  assert.equal(made.configurations.entries[0]?.server.name, "acme");
});

test("a version that is gone already gets nothing", async (context) => {
  const made = await rig(context, { ".mcp.json": good });
  made.type(".mcp.json", broken, 4);
  assert.equal(await made.live.current("file:///w/.mcp.json", 3), undefined);
  assert.equal(await made.live.current("file:///w/other.json", 1), undefined);
});

test("the same texts are not asked about twice", async (context) => {
  const made = await rig(context, { ".mcp.json": broken });
  const before = made.file(".mcp.json").findings;
  await made.live.update();
  assert.equal(made.file(".mcp.json").findings, before);
});

test("TOML and YAML are marked too, and a file without its last line end", async (context) => {
  const toml = '[mcp_servers.a]\nurl = "https://a.example/mcp"\nhttp_header = { "X-Api-Key" = "${ACME_KEY}" }';
  const made = await rig(context, { ".codex/config.toml": toml, ".continue/mcpServers/a.yaml": "mcpServers:\n  - name: b\n    type: nonsense\n    url: https://b.example/mcp\n" });
  for (const name of [".codex/config.toml", ".continue/mcpServers/a.yaml"]) assert.notDeepEqual(marks(made.file(name)), [], name);
  assert.equal(words(made.file(".codex/config.toml"), marks(made.file(".codex/config.toml"))[0]!.at), "http_header");
});

test("a refused entry is marked where the refusal says, until the text changes", async (context) => {
  const made = await rig(context, { ".mcp.json": good });
  const [entry] = made.configurations.entries;
  const where = { file: ".mcp.json", ...at(made.file(".mcp.json"), '"Bearer') };
  entry!.state = { phase: "failed", problem: { code: "HF101", title: "The server refused the key it was sent", body: "", hint: "", where } };
  const [mark] = marks(made.file(".mcp.json"));
  assert.deepEqual([words(made.file(".mcp.json"), mark!.at), mark!.code, mark!.message], ['"Bearer ${ACME_KEY}"', "HF101", "The server refused the key it was sent"]);
  made.type(".mcp.json", good.replace("acme.example", "acme.test"), 2);
  await made.live.update();
  assert.deepEqual(marks(made.file(".mcp.json")), []);
});

test("fixes mend what is at the cursor, and all that is safe at once", async (context) => {
  const made = await rig(context, { ".mcp.json": broken });
  const { text, findings } = made.file(".mcp.json");
  const here = at(made.file(".mcp.json"), "eader");
  assert.deepEqual(changesAt(findings, { from: here, to: here }).map(({ title, safe }) => [title, safe]), [['Rename "header" to "headers"', true]]);
  const all = allSafe(findings)!;
  const apply = (into: string, edits: typeof all.edits) =>
    [...edits].reverse().reduce((done, { at: { from, to }, text: put }) => done.slice(0, offsetOf(into, from)) + put + done.slice(offsetOf(into, to)), into);
  assert.deepEqual([all.count, apply(text, all.edits)], [2, good]);
  made.type(".mcp.json", good, 2);
  await made.live.update();
  assert.equal(allSafe(made.file(".mcp.json").findings), undefined);
});

test("of fixes that touch each other, the first is made", () => {
  const where = (column: number) => ({ file: "", line: 1, column });
  const fix = (start: number, end: number, safe = true) => ({
    config: 1, check: "", problem: {} as never, at: {} as never,
    fixes: [{ title: "", safe, edits: [{ at: { start, end, from: where(start + 1), to: where(end + 1) }, text: "" }] }],
  });
  assert.deepEqual(allSafe([fix(0, 4), fix(2, 6), fix(0, 0), fix(8, 9), fix(4, 5, false)])?.edits.map((edit) => edit.at.start), [0, 8]);
});

test("hovering says who gets what and why, and never a value", async (context) => {
  const made = await rig(context, { ".mcp.json": good });
  const onHeader = await hover(made, ".mcp.json", "uthorization");
  assert.equal(onHeader?.on, '"Authorization": "Bearer ${ACME_KEY}"');
  assert.deepEqual(onHeader?.lines, [
    "sends Authorization from ${ACME_KEY}, Bearer ....7f3c (26 characters), .mcp.json:6",
    "It goes to https://acme.example, and nowhere else.",
    "It is a credential. Authorization is configured, so nothing else is tried.",
  ]);
  assert.deepEqual((await hover(made, ".mcp.json", "ACME_KEY"))?.lines, onHeader.lines);
  assert.equal((await hover(made, ".mcp.json", "acme.example"))?.on, "https://acme.example/mcp");
  assert.equal((await hover(made, ".mcp.json", "acme"))?.on, '"acme"');
  assert.equal((await hover(made, ".mcp.json", "type"))?.lines, undefined);
  assert.equal(JSON.stringify(onHeader).includes(KEY), false);
});

test("hovering fits TOML, YAML and several entries on one line", async (context) => {
  const toml = '[mcp_servers.first]\nurl = "https://a.example/mcp"\nhttp_headers = { "X-Api-Key" = "fake", "X-Other" = "b" }\n';
  const yaml = "mcpServers:\n  - name: yam\n    type: streamable-http\n    url: https://y.example/mcp\n    requestOptions:\n      headers:\n        X-Api-Key: fake key # mine\n";
  const line = '{"mcpServers":{"a":{"type":"http","url":"https://a.example/mcp"},"b":{"type":"http","url":"https://b.example/mcp"}}}';
  const made = await rig(context, { ".codex/config.toml": toml, ".continue/mcpServers/a.yaml": yaml, ".mcp.json": line });
  const on = async (name: string, part: string) => (await hover(made, name, part))?.on;
  assert.equal(await on(".codex/config.toml", "X-Api"), '"X-Api-Key" = "fake"');
  assert.equal(await on(".codex/config.toml", "first"), "first");
  assert.equal(await on(".continue/mcpServers/a.yaml", "X-Api"), "X-Api-Key: fake key");
  assert.equal(await on(".continue/mcpServers/a.yaml", "yam"), "yam");
  assert.deepEqual((await hover(made, ".mcp.json", "https://b"))?.lines[0], "POST https://b.example/mcp");
  assert.equal(await on(".mcp.json", '"b"'), '"b"');
});

test("a process's variables are explained too", async (context) => {
  const made = await rig(context, { ".mcp.json": '{"mcpServers":{"p":{"command":"acme-server","env":{"KEY":"${ACME_KEY}"}}}}' });
  assert.deepEqual((await hover(made, ".mcp.json", "KEY"))?.lines, ["gives the process KEY from ${ACME_KEY}, ....7f3c (26 characters), .mcp.json:1"]);
});

test("above an entry stands what can be done, as far as there are commands for it", async (context) => {
  const made = await rig(context, { ".mcp.json": good, ".vscode/mcp.json": '{"servers":{"v":{"type":"http","url":"https://v.example/mcp"}}}' });
  const shown = (name: string, trusted = true, has = (_: string) => true) => lenses(made.file(name), trusted, has).map(({ title, at: { line } }) => `${line} ${title}`);
  assert.deepEqual(shown(".mcp.json"), ["3 Connect", "3 Explain"]);
  assert.deepEqual(shown(".mcp.json", false), ["3 Explain"]);
  assert.deepEqual(shown(".mcp.json", true, (command) => command !== "headfast.explain"), ["3 Connect"]);
  assert.deepEqual(shown(".vscode/mcp.json"), ["1 Explain"]);
  made.configurations.entries[0]!.state = { phase: "ready", session: {} as never, offers: { tools: [], prompts: [], resources: [] }, lost: false };
  assert.deepEqual(shown(".mcp.json"), ["3 connected · 0 tools", "3 Disconnect", "3 Explain"]);
});

test("variables are completed after ${ and ${env:, those in use first", async (context) => {
  assert.deepEqual(typedVariable('"Bearer ${AC', '"'), { length: 2, close: "}" });
  assert.deepEqual(typedVariable('"Bearer ${env:', '}"'), { length: 0, close: "" });
  assert.equal(typedVariable('"Bearer ${input:', '}"'), undefined);
  assert.equal(typedVariable('"Bearer ', '"'), undefined);
  const made = await rig(context, { ".mcp.json": good });
  assert.deepEqual(variableNames(made.configurations.entries, ["PATH", "ACME_KEY", "HOME"]), ["ACME_KEY", "HOME", "PATH"]);
});

test("every schema of a client's own JSON files is contributed, and for all of these files", async () => {
  interface Validation {
    fileMatch: string[];
    url: string;
  }
  const manifest = JSON.parse(readFileSync("package.json", "utf8")) as { contributes: { jsonValidation: Validation[] } };
  const patterns = manifest.contributes.jsonValidation.map(({ fileMatch, url }) => {
    const id = /^\.\/dist\/schemas\/(.+)\.schema\.json$/.exec(url)![1]!;
    JSON.parse(readFileSync(`../../host/schemas/${id}.schema.json`, "utf8"));
    return { id, fileMatch };
  });
  const core = await openCore();
  const places = (await Promise.all(["linux", "darwin", "windows"].map((os) => core.survey(os)))).flat();
  await core.close();
  // VS Code has its own for its files; server.json is the name of many other things.
  const own = places.filter(({ dialect, path }) => /\.jsonc?$/.test(path) && !["vs-code", "registry"].includes(dialect));
  for (const { dialect, path } of own) {
    // A pattern is the end of a path. What two clients read is the first one's.
    const fits = ({ id, fileMatch }: (typeof patterns)[number]) => (id === dialect || path === ".mcp.json") && fileMatch.some((end) => `/${path}`.endsWith(`/${end}`));
    assert.ok(patterns.some(fits), `${dialect} ${path}`);
  }
});
