import assert from "node:assert/strict";
import { test } from "node:test";
import type { Input } from "../src/msg.gen.js";
import type { Notification } from "../src/mcp.js";
import { CoreRig, done, json, message, parsed, problem } from "./core-rig.js";
import { turns } from "./fake.js";

/** Answers every request with what its method has in the table. */
const table = (results: Record<string, unknown>) => ({ request, notify }: Input) => {
  if (notify !== undefined) return [done(notify.id)];
  return request === undefined ? [] : [done(request.id, { result: json(results[request.method]) })];
};

test("the greeting has the client's document, and none where there is none", () => {
  const greeted = (clientDocument?: string): string | undefined =>
    new CoreRig(undefined, { clientDocument }).fake.batches[0]?.inputs[0]?.begin?.clientDocument;
  assert.deepEqual([greeted(), greeted("https://c.test/id.json")], ["", "https://c.test/id.json"]);
});

test("connect declares what can be answered, and nothing else", async () => {
  const rig = new CoreRig();
  await rig.core.connect(7, "plain");
  await rig.core.connect(7, "all", {
    revision: "2025-11-25", timeoutMs: 5, profile: "work", roots: [],
    onElicitation: () => ({ action: "cancel" }),
    onSampling: () => ({ role: "assistant", content: {}, model: "m" }),
    extensions: { "x/y": { z: 1 } },
  });
  const [plain, all] = rig.of("connect");
  const tasks = { "io.modelcontextprotocol/tasks": {} };
  assert.deepEqual(parsed(plain?.capabilities), { extensions: tasks });
  assert.deepEqual(parsed(all?.capabilities), {
    elicitation: { form: {}, url: {} }, sampling: {}, roots: { listChanged: true }, extensions: { ...tasks, "x/y": { z: 1 } },
  });
  assert.deepEqual([plain?.revision, plain?.timeoutMs, all?.revision, all?.timeoutMs], ["", 0, "2025-11-25", 5]);
  assert.deepEqual([plain?.profile, all?.profile], ["", "work"]);
});

test("the lists follow their pages, and each takes its own key", async () => {
  const rig = new CoreRig(table({
    "tools/list": { tools: [{ name: "t" }] },
    "resources/list": { resources: [{ uri: "a:b", name: "r" }] },
    "resources/templates/list": { resourceTemplates: [{ uriTemplate: "a:{b}", name: "t" }] },
    "prompts/list": {},
  }));
  const session = await rig.core.connect(7, "s");
  assert.equal((await session.listTools())[0]?.name, "t");
  assert.equal((await session.listResources())[0]?.uri, "a:b");
  assert.equal((await session.listResourceTemplates())[0]?.uriTemplate, "a:{b}");
  assert.deepEqual(await session.listPrompts(), []);
  assert.ok(rig.of("request").every((r) => r.all && r.params.length === 0));
});

test("read, get, complete and notify send what MCP has", async () => {
  const rig = new CoreRig(table({
    "resources/read": { contents: [{ uri: "a:b", text: "x" }] },
    "prompts/get": { messages: [{ role: "user", content: { type: "text", text: "hi" } }] },
    "completion/complete": { completion: { values: ["python"], hasMore: false } },
  }));
  const session = await rig.core.connect(7, "s");
  assert.equal((await session.readResource("a:b")).contents[0]?.text, "x");
  assert.equal((await session.getPrompt("p", { a: "1" })).messages[0]?.role, "user");
  const ref = { type: "ref/prompt", name: "p" } as const;
  assert.deepEqual((await session.complete(ref, { name: "l", value: "py" })).values, ["python"]);
  await session.complete(ref, { name: "l", value: "py" }, { k: "v" }, { timeoutMs: 9 });
  await session.rootsChanged();
  await session.notify("x/y", { z: 1 });
  assert.deepEqual(rig.of("request").map((r) => parsed(r.params)), [
    { uri: "a:b" },
    { name: "p", arguments: { a: "1" } },
    { ref, argument: { name: "l", value: "py" } },
    { ref, argument: { name: "l", value: "py" }, context: { arguments: { k: "v" } } },
  ]);
  assert.equal(rig.of("request").at(-1)?.timeoutMs, 9);
  assert.deepEqual(rig.of("notify").map((n) => [n.session, n.method, parsed(n.params)]), [
    [session.id, "notifications/roots/list_changed", undefined], [session.id, "x/y", { z: 1 }],
  ]);
});

test("fresh and logLevel cross, warnings come before the result", async () => {
  const rig = new CoreRig(({ request }) =>
    request === undefined ? [] : [done(request.id, { result: json({ tools: [] }), problems: [problem("HF113")] })]);
  const session = await rig.core.connect(7, "s");
  const told: string[] = [];
  await session.listTools({ fresh: true, logLevel: "debug", onWarning: (w) => told.push(w.code) });
  await session.listTools();
  assert.deepEqual(rig.of("request").map((r) => [r.fresh, r.logLevel]), [[true, "debug"], [false, ""]]);
  assert.deepEqual(told, ["HF113"]);
});

test("listen has its own messages and gaps, and goes on until it is ended", async () => {
  const rig = new CoreRig(({ cancel }) => (cancel === undefined || cancel.id === 0 ? [] : [done(cancel.id, { outcome: "cancelled" })]));
  const gaps: string[] = [];
  const session = await rig.core.connect(7, "s", { onGap: (gap) => gaps.push(`session ${gap.request}`) });
  const [own, other]: [Notification[], string[]] = [[], []];
  session.onMessage((m) => other.push(m.method));
  const controller = new AbortController();
  const listening = session.listen({ tools: true, uris: ["a:b"] }, (m) => own.push(m), {
    signal: controller.signal, onGap: (gap) => gaps.push(gap.why),
  });
  await turns();
  const [listen] = rig.of("listen");
  assert.deepEqual(listen, {
    id: listen?.id, session: session.id, tools: true, prompts: false, resources: false, uris: ["a:b"], tasks: [],
  });
  const id = listen?.id ?? 0;
  await rig.tell(
    message(session.id, id, "notifications/tools/list_changed"),
    message(session.id, 0, "notifications/message", { level: "info" }),
    { gap: { session: session.id, request: id, why: "broke" } },
    { gap: { session: session.id, request: 0, why: "other" } },
  );
  assert.deepEqual(own, [{ method: "notifications/tools/list_changed", params: undefined }]);
  assert.deepEqual(other, ["notifications/message"]);
  assert.deepEqual(gaps, ["broke", `session ${id}`, "session 0"]);
  controller.abort();
  await listening;
  await rig.tell(message(session.id, id, "notifications/tools/list_changed"));
  assert.equal(own.length, 1);
});

test("listen resolves when the server ends it, and rejects where it fails", async () => {
  const rig = new CoreRig(({ listen }) => {
    if (listen === undefined) return [];
    return [listen.tools ? done(listen.id) : done(listen.id, { outcome: "server_error", error: problem("HF114", "error") })];
  });
  const session = await rig.core.connect(7, "s");
  await session.listen({ tools: true }, () => undefined);
  await assert.rejects(session.listen({ prompts: true }, () => undefined), { code: "HF114" });
  await session.listen({}, () => undefined, { signal: AbortSignal.abort() });
  assert.equal(rig.of("listen").length, 2, "what is aborted before is never sent");
});

test("log lines go to the session, from the start and until they are unsubscribed", async () => {
  const rig = new CoreRig();
  const lines: string[] = [];
  const session = await rig.core.connect(7, "s", { onLog: (line) => lines.push(`early ${line.text}`) });
  const stop = session.onLog((line) => lines.push(line.text));
  await rig.tell({ log: { session: session.id, text: "a" } }, { log: { session: 99, text: "of another" } });
  stop();
  await rig.tell({ log: { session: session.id, text: "b" } });
  assert.deepEqual(lines, ["early a", "a", "early b"]);
});
