import assert from "node:assert/strict";
import { test } from "node:test";
import { connectNote, connectWords, problemLines, sourceWords, valueWords } from "../src/words.js";
import { explained, header, refused } from "./fake.js";

const values: [string, Parameters<typeof header>[0]][] = [
  ["14 characters", {}],
  ["1 character", { length: 1 }],
  ["Bearer ....7f3c (40 characters)", { scheme: "Bearer", fingerprint: "7f3c", length: 40 }],
  ["Bearer (9 characters)", { scheme: "Bearer", length: 9 }],
  ["KEY not set", { unset: ["KEY"], sent: false, note: "a variable is not set" }],
  ["not sent: a page cannot set it", { sent: false, note: "a page cannot set it" }],
  ["empty", { length: 0 }],
];

for (const [want, part] of values) test(`valueWords: ${want}`, () => assert.equal(valueWords(header(part)), want));

test("a source names the variables, then the place", () => {
  assert.equal(sourceWords(header({ variables: ["A", "B"] })), "A, B, .mcp.json:7");
});

test("the button names the host", () => assert.equal(connectWords(explained()), "Connect to acme.example"));

test("the note says what the button would send", () => {
  assert.equal(connectNote(explained()), "Sends 1 header to 1 site");
  assert.equal(connectNote(explained({ transport: "stdio" })), "A page cannot start a local program.");
  const problem = { ...refused, title: "KEY is not set" };
  assert.equal(connectNote(explained({ problems: [problem] })), "Would send nothing: KEY is not set");
  assert.equal(connectNote(explained({ problems: [{ ...problem, severity: "warning" }] })), "Sends 1 header to 1 site");
});

test("a problem names its place once", () => {
  assert.deepEqual(problemLines(refused), [refused.body, refused.hint]);
  assert.deepEqual(problemLines({ ...refused, hint: "" }), [refused.body, "See .mcp.json:7"]);
});
