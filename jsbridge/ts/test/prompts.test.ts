import assert from "node:assert/strict";
import { test } from "node:test";
import type { Effect, Prompted } from "../src/msg.gen.js";
import type { Prompter, Question } from "../src/prompts.js";
import { CoreRig, done, json, told } from "./core-rig.js";
import { turns } from "./fake.js";

function prompt(id: number, part: Partial<Question> = {}): Effect {
  const where = { file: "mcp.json", line: 3, column: 5 };
  return {
    prompt: { id, session: 0, server: "crm", input: "key", where, description: "Key", secret: true, default: "", options: [], origin: "https://crm.test", ...part },
  };
}

const short = ({ id, given, value }: Prompted): unknown[] => [id, given, value];

test("a prompt is answered by the host, and without one nobody gives an answer", async () => {
  const asked: Question[] = [];
  const rig = new CoreRig(undefined, { prompt: async (question) => (asked.push(question), "fake-key") });
  await rig.tell(prompt(1));
  assert.deepEqual(rig.of("prompted").map(short), [[1, true, "fake-key"]]);
  assert.deepEqual(asked.map((q) => [q.input, q.secret, q.origin]), [["key", true, "https://crm.test"]]);
  const nobody = new CoreRig();
  await nobody.tell(prompt(1));
  assert.deepEqual(nobody.of("prompted").map(short), [[1, false, ""]]);
});

test("an empty answer is one; none, something else and a failure are not", async () => {
  const answers = ["", undefined, 7 as unknown as string];
  const rig = new CoreRig(undefined, { prompt: () => (answers.length > 0 ? answers.shift() : Promise.reject(new Error("fake-key"))) });
  await rig.tell(prompt(1), prompt(2), prompt(3), prompt(4));
  assert.deepEqual(rig.of("prompted").map(short), [[1, true, ""], [2, false, ""], [3, false, ""], [4, false, ""]]);
});

test("a prompt that is taken back is told, and its answer goes nowhere; so at the end", async () => {
  const signals: AbortSignal[] = [];
  const ends: (() => void)[] = [];
  const ask: Prompter = (_, { signal }) => (signals.push(signal), new Promise((resolve) => ends.push(() => resolve("late"))));
  const rig = new CoreRig(undefined, { prompt: ask });
  await rig.tell(prompt(1), prompt(2));
  await rig.tell({ withdraw: { id: 1 } });
  assert.deepEqual(signals.map((s) => s.aborted), [true, false]);
  await rig.core.close();
  assert.deepEqual(signals.map((s) => s.aborted), [true, true]);
  for (const end of ends) end();
  await turns();
  assert.deepEqual(rig.of("prompted"), []);
});

test("answers are kept beside the sign-ins, and are listed as none", async () => {
  const get = (id: number, store: string, key: string): Effect => ({ get: { id, store, key } });
  const put = (id: number, store: string, key: string, value: string): Effect => ({ put: { id, store, key, value, delete: false } });
  const rig = new CoreRig();
  await rig.tell(put(1, "accounts", "a", "token"), put(2, "inputs", "a", "answer"), put(3, "attic", "a", "x"));
  await rig.tell(get(4, "accounts", ""), get(5, "inputs", ""), get(6, "accounts", "a"), get(7, "inputs", "a"));
  await rig.tell({ put: { id: 8, store: "inputs", key: "a", value: "", delete: true } });
  await rig.tell(get(9, "inputs", ""), get(10, "accounts", "a"));
  assert.deepEqual(rig.of("stored").sort((a, b) => a.id - b.id).map(told).slice(2), [
    [3, false, "", "unsupported"], [4, true, "a", ""], [5, true, "a", ""], [6, true, "token", ""], [7, true, "answer", ""],
    [8, false, "", ""], [9, true, "", ""], [10, true, "token", ""],
  ]);
});

test("inputs lists what is kept, and forgetInputs what is left", async () => {
  const rig = new CoreRig(({ inputs }) =>
    inputs === undefined ? [] : [done(inputs.id, { result: json({ inputs: inputs.forget.length > 0 ? [] : [{ key: "k", input: "key", when: 1 }] }) })]);
  assert.deepEqual(await rig.core.inputs(), [{ key: "k", input: "key", when: 1 }]);
  assert.deepEqual(await rig.core.forgetInputs(["k"]), []);
  assert.deepEqual(rig.of("inputs").map((i) => i.forget), [[], ["k"]]);
});
