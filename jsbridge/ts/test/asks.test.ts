import assert from "node:assert/strict";
import { test } from "node:test";
import { fields } from "../src/form.js";
import type { Answer, State } from "../src/msg.gen.js";
import type { ConnectOptions } from "../src/types.js";
import { CoreRig, ask, parsed } from "./core-rig.js";
import { turns } from "./fake.js";

const FORM = { type: "object", properties: { name: { type: "string" } } };

async function asked(options: ConnectOptions, method: string, params?: unknown): Promise<Answer | undefined> {
  const rig = new CoreRig();
  const session = await rig.core.connect(7, "s", options);
  await rig.tell(ask(5, session.id, method, params));
  await turns();
  const answers = rig.of("answer");
  assert.ok(answers.length <= 1, "exactly one");
  return answers[0];
}

test("a form is answered with its content, and a request without a mode is a form", async () => {
  const seen: unknown[] = [];
  const onElicitation: ConnectOptions["onElicitation"] = async (request, { server }) => {
    seen.push(server, request);
    return { action: "accept", content: { name: "x" } };
  };
  const answer = await asked({ onElicitation }, "elicitation/create", { message: "Who?", requestedSchema: FORM });
  assert.deepEqual(seen, ["rig", { mode: "form", message: "Who?", requestedSchema: FORM }]);
  assert.deepEqual([answer?.id, answer?.code, parsed(answer?.result)], [5, 0, { action: "accept", content: { name: "x" } }]);
});

test("a form without fields has none", async () => {
  const seen: unknown[] = [];
  const onElicitation: ConnectOptions["onElicitation"] = (request) => {
    seen.push(...(request.mode === "form" ? [fields(request.requestedSchema)] : []));
    return { action: "accept" };
  };
  const answer = await asked({ onElicitation }, "elicitation/create", { message: "Sure?", requestedSchema: { type: "object" } });
  assert.deepEqual([seen, parsed(answer?.result)], [[[]], { action: "accept", content: {} }]);
});

test("consent to a page, decline and cancel have no content", async () => {
  const page = { mode: "url", message: "m", url: "https://h.test/x", elicitationId: "e" };
  const accept = await asked({ onElicitation: () => ({ action: "accept", content: { a: 1 } }) }, "elicitation/create", page);
  assert.deepEqual(parsed(accept?.result), { action: "accept" });
  for (const action of ["decline", "cancel"] as const) {
    const answer = await asked({ onElicitation: () => ({ action }) }, "elicitation/create", { message: "", requestedSchema: FORM });
    assert.deepEqual(parsed(answer?.result), { action });
  }
});

test("what is no question is refused before anybody sees it", async () => {
  const onElicitation = (): never => assert.fail("nobody is asked");
  for (const params of [
    undefined, [], { mode: "other" }, { mode: "form" }, { requestedSchema: { properties: { a: 1 } } },
    { mode: "url", url: "http://h.test/" }, { mode: "url", url: "file:///etc" }, { mode: "url", url: "javascript:x" }, { mode: "url" },
  ]) {
    const answer = await asked({ onElicitation }, "elicitation/create", params);
    assert.deepEqual([answer?.code, answer?.result.length], [-32602, 0], JSON.stringify(params));
  }
});

test("sampling and roots are answered, roots from a list or a function", async () => {
  const onSampling: ConnectOptions["onSampling"] = (request) => ({ role: "assistant", content: request["messages"] as [], model: "m" });
  const sampled = await asked({ onSampling }, "sampling/createMessage", { messages: [] });
  assert.deepEqual(parsed(sampled?.result), { role: "assistant", content: [], model: "m" });
  const roots = [{ uri: "file:///w", name: "w" }];
  assert.deepEqual(parsed((await asked({ roots }, "roots/list"))?.result), { roots });
  assert.deepEqual(parsed((await asked({ roots: async () => roots }, "roots/list"))?.result), { roots });
});

test("what nobody answers is -32601, what throws is -32603 with a short message", async () => {
  assert.equal((await asked({}, "elicitation/create", {}))?.code, -32601);
  assert.equal((await asked({ roots: [] }, "sampling/createMessage", {}))?.code, -32601);
  const long = await asked({ onSampling: () => Promise.reject(new Error("x".repeat(999))) }, "sampling/createMessage", {});
  assert.deepEqual([long?.code, long?.message.length], [-32603, 200]);
  const sync = await asked({ onSampling: () => { throw new Error("no"); } }, "sampling/createMessage", {});
  assert.deepEqual([sync?.code, sync?.message], [-32603, "no"]);
  const untyped = { onSampling: () => undefined, onElicitation: () => ({ action: "maybe" }) } as unknown as ConnectOptions;
  assert.equal((await asked(untyped, "sampling/createMessage", {}))?.code, -32603);
  assert.equal((await asked(untyped, "elicitation/create", { requestedSchema: FORM }))?.code, -32603);
});

test("a question for a session that is not there is refused", async () => {
  const rig = new CoreRig();
  await rig.tell(ask(5, 99, "roots/list"));
  assert.deepEqual(rig.of("answer").map((a) => [a.id, a.code]), [[5, -32601]]);
});

const state = (session: number, phase: string): State => ({
  session, phase, server: "rig", revision: "", transport: "", url: "", serverName: "", serverVersion: "",
  auth: { mode: "", reason: "", rules: [], header: [], origin: "" },
});

test("a withdrawal and the end of the session abort the callback, and nothing is answered", async () => {
  const endings: ((rig: CoreRig, session: number) => Promise<void>)[] = [
    (rig) => rig.tell({ withdraw: { id: 5 } }),
    (rig, session) => rig.tell({ state: state(session, "failed") }),
    (rig, session) => rig.tell({ state: state(session, "closed") }),
    (rig) => rig.core.close(),
  ];
  for (const end of endings) {
    const rig = new CoreRig();
    let signal = AbortSignal.abort();
    let finish = (): void => undefined;
    const session = await rig.core.connect(7, "s", {
      onSampling: (_, context) => {
        signal = context.signal;
        return new Promise((resolve) => {
          finish = () => resolve({ role: "assistant", content: {}, model: "m" });
        });
      },
    });
    await rig.tell(ask(5, session.id, "sampling/createMessage", {}));
    assert.equal(signal.aborted, false);
    await end(rig, session.id);
    assert.equal(signal.aborted, true);
    finish();
    await turns();
    assert.equal(rig.of("answer").length, 0);
  }
});

test("a state that is no end leaves the question open", async () => {
  const rig = new CoreRig();
  const session = await rig.core.connect(7, "s", { roots: () => new Promise(() => undefined) });
  await rig.tell(ask(5, session.id, "roots/list"), { state: state(session.id, "reconnecting") }, { withdraw: { id: 99 } });
  assert.equal(rig.core["asks"]["open"].size, 1);
  await session.close();
  assert.equal(rig.core["asks"]["open"].size, 0);
});
