import assert from "node:assert/strict";
import { test } from "node:test";
import { authLine, problemLines } from "../src/servers/words.js";
import { auth, header, refused } from "./fake.js";

const lines: [string, ReturnType<typeof auth>][] = [
  ["no credential configured", auth()],
  ["no credential configured", auth(header({ name: "X-Tenant", credential: false }))],
  ["does not send X-API-Key, replaced by another, .mcp.json:7", auth(header({ sent: false, note: "replaced by another" }))],
  ["sends X-API-Key, 14 characters, .mcp.json:7", auth(header())],
  [
    "sends Authorization, Bearer ....7f3c (40 characters), .mcp.json:7",
    auth(header({ name: "Authorization", scheme: "Bearer", fingerprint: "7f3c", length: 40 })),
  ],
  [
    "does not send X-API-Key, ACME_KEY not set, .mcp.json:7",
    auth(header({ unset: ["ACME_KEY"], length: 0, sent: false, note: "a variable is not set" })),
  ],
  ["sends X-API-Key from ${MY_KEY}, 14 characters, .mcp.json:7", auth(header({ variables: ["MY_KEY"] }))],
  ["sends X-API-Key, .mcp.json:7", auth(header({ length: 0 }))],
  ["sends A, 1 character, .mcp.json:7; B, 14 characters, .mcp.json:7", auth(header({ name: "A", length: 1 }), header({ name: "B" }))],
];

for (const [want, given] of lines) test(`authLine: ${want}`, () => assert.equal(authLine({ auth: given, expanded: true }), want));

test("a problem names its place once", () => {
  assert.deepEqual(problemLines(refused), [refused.body, refused.hint]);
  assert.deepEqual(problemLines({ ...refused, hint: "" }), [refused.body, "See .mcp.json:7"]);
  assert.deepEqual(problemLines({ ...refused, hint: "", where: { file: "", line: 0, column: 0 } }), [refused.body]);
});

test("what has not been looked up yet is not said to be sent", () => {
  const unexpanded = header({ variables: ["MY_KEY"], length: 0, sent: false });
  assert.equal(authLine({ auth: auth(unexpanded), expanded: false }), "would send X-API-Key from ${MY_KEY}, .mcp.json:7");
  assert.equal(authLine({ auth: auth(), expanded: false }), "no credential configured");
});
