import assert from "node:assert/strict";
import { test } from "node:test";
import type { Question } from "headfast";
import { prompter } from "../src/inputs/prompt.js";
import type { Dialogs } from "../src/inputs/prompt.js";

function question(part: Partial<Question> = {}): Question {
  const where = { file: "mcp.json", line: 3, column: 5 };
  return { id: 1, session: 1, server: "crm", input: "key", where, description: "Key of the CRM", secret: true, default: "", options: [], origin: "https://crm.test", ...part };
}

/** Dialogs that answer what they are told, and remember what they were shown. */
function rig(answer: string | undefined) {
  const shown: unknown[][] = [];
  const dialogs: Dialogs = {
    input: async (...args) => (shown.push(["input", ...args]), answer),
    pick: async (...args) => (shown.push(["pick", ...args]), answer),
  };
  return { ask: prompter(dialogs), shown };
}

const signal = new AbortController().signal;

test("a secret is typed into a box that hides it, which says where it goes", async () => {
  const { ask, shown } = rig("fake-key");
  assert.equal(await ask(question(), { signal }), "fake-key");
  const options = { title: "crm: key", prompt: "Key of the CRM — It goes only to https://crm.test.", value: "", password: true, ignoreFocusLost: true };
  assert.deepEqual(shown, [["input", options, signal]]);
});

test("options are a list, with the default first", async () => {
  const { ask, shown } = rig("prod");
  const options = { title: "crm: key", placeHolder: "It is for the process that is started.", ignoreFocusLost: true };
  assert.equal(await ask(question({ options: ["dev", "prod"], default: "prod", description: "", origin: "" }), { signal }), "prod");
  assert.deepEqual(shown, [["pick", ["prod", "dev"], options, signal]]);
});

test("a box that is closed gives no answer, an empty one an empty answer", async () => {
  assert.equal(await rig(undefined).ask(question(), { signal }), undefined);
  assert.equal(await rig("").ask(question(), { signal }), "");
});
