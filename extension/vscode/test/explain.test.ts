import assert from "node:assert/strict";
import { test } from "node:test";
import type { Explained, Meaning } from "../src/core/client.js";
import { html, makeNonce } from "../src/explain/html.js";
import { headline, kindOf, sorted } from "../src/explain/meanings.js";
import { makePage } from "../src/explain/sections.js";
import { explain } from "../src/explain/watched.js";
import { auth, FakeCore, header, looked, refused } from "./fake.js";

function meaning(part: Partial<Meaning> = {}): Meaning {
  return { dialect: "cursor", client: "Cursor", refused: "", transports: ["http"], headers: [header()], notes: [], ...part };
}

function explained(part: Partial<Explained> = {}): Explained {
  const where = { file: ".mcp.json", line: 3, column: 5 };
  return {
    id: 1, server: "acme", transport: "http", where, method: "POST", url: "https://acme.example/mcp", auth: auth(header()), env: [],
    problems: [], meanings: [], ...part,
  };
}

const kinds: [string, Partial<Meaning>][] = [
  ["same", {}],
  ["changed", { headers: [header({ name: "x-api-key", note: "${T} as it is written" })] }],
  ["without", { headers: [] }],
  ["other", { transports: ["stdio"] }],
  ["other", { transports: [] }],
  ["refused", { refused: "it has no HTTP" }],
];

for (const [want, part] of kinds) test(`another client: ${want} for ${JSON.stringify(part).slice(0, 40)}`, () => assert.equal(kindOf(explained(), meaning(part)), want));

test("a token is no header that another client could miss", () => {
  const token = header({ name: "Authorization", where: { file: "", line: 0, column: 0 } });
  assert.equal(kindOf(explained({ auth: auth(token) }), meaning({ headers: [] })), "same");
});

test("clients are sorted the best first, and summed up", () => {
  const meanings = [meaning({ client: "A", refused: "no" }), meaning({ client: "B" }), meaning({ client: "C", headers: [] }), meaning({ client: "D" })];
  const all = explained({ meanings });
  assert.deepEqual(sorted(all).map(({ meaning: { client } }) => client), ["B", "D", "C", "A"]);
  assert.equal(headline(all), "2 of 4 clients would send it as configured, 1 without a header, 1 would not use it");
});

test("the way goes from the entry over the rules to the outcome", async () => {
  const { entry } = await looked();
  const rules = [{ name: "oauth", won: false, why: "a header is configured" }, { name: "headers", won: true, why: "X-API-Key is a credential" }];
  const { page, places } = makePage(entry, explained({ auth: { ...auth(header()), rules } }));
  const steps = page.sections[0]!.steps!.map(({ word, text, more, at }) => [word, text, more, at?.text].filter(Boolean).join(" | "));
  assert.deepEqual(steps, [
    "Entry: | acme, http | .mcp.json:3",
    "Passed over: | oauth: | a header is configured",
    "Decided: | headers: | X-API-Key is a credential",
    "Outcome: | headers: A header is configured. | Goes only to https://acme.example: dropped on a redirect to another host.",
  ]);
  assert.deepEqual(places[page.sections[0]!.steps![0]!.at!.to], entry.server.where);
});

test("the request names each header, what may be told of its value, and where it comes from", async () => {
  const { entry } = await looked();
  const unset = header({ name: "X-Org", variables: ["ORG"], unset: ["ORG"], sent: false, length: 0 });
  const token = header({ name: "Authorization", scheme: "Bearer", fingerprint: "7f3c", length: 40, variables: ["KEY", "HOST"], defaults: ["HOST"] });
  const { page } = makePage(entry, explained({ auth: auth(token, unset) }));
  const rows = page.sections[1]!.table!.rows.map((cells) => cells.map(({ text }) => text));
  assert.deepEqual(rows, [
    ["Authorization", "Bearer ....7f3c (40 characters)", "KEY, the default of HOST"],
    ["X-Org", "not sent: ORG not set", "ORG is not set"],
  ]);
});

test("a problem comes first, with its code and its place", async () => {
  const { entry } = await looked();
  entry.problems = [refused];
  const [first] = makePage(entry, explained()).page.sections;
  assert.deepEqual([first!.heading, first!.text[0]!.text, first!.text[0]!.at!.text], ["1 Problem", "The server refused the key it was sent (HF101)", ".mcp.json:7"]);
});

test("a process is told with its variables, and not with headers", async () => {
  const { entry } = await looked();
  const { page } = makePage(entry, explained({ transport: "stdio", url: "acme-server", auth: auth(), env: [header({ name: "KEY" })] }));
  assert.deepEqual([page.sections[1]!.heading, page.sections[1]!.text[0]!.text, page.sections[1]!.table!.columns[0]], ["What would be started", "acme-server", "Variable"]);
});

test("an untrusted folder is told what the file says, and the core is not asked", async () => {
  const { configurations, fake, entry } = await looked({ trusted: false });
  const trust = { trusted: false, onDidGrant: () => ({ dispose: () => undefined }) };
  const { page } = await explain({ configurations, trust }, { uri: entry.uri, name: "acme" });
  assert.match(page.sections[0]!.text[0]!.text, /^would send X-API-Key/);
  assert.equal(fake.explains, 0);
});

test("a server that is gone, and a core that fails, are told", async () => {
  const core = new FakeCore();
  const { configurations, entry } = await looked({ cores: [core] });
  const trust = { trusted: true, onDidGrant: () => ({ dispose: () => undefined }) };
  const headingOf = async (name: string) => (await explain({ configurations, trust }, { uri: entry.uri, name })).page.sections[0]!.heading;
  assert.equal(await headingOf("other"), "It is not there any more");
  core.explain = () => Promise.reject(refused);
  assert.equal(await headingOf("acme"), refused.title);
});

test("the page loads its own script alone", () => {
  const nonce = makeNonce();
  const text = html({ script: "x('</script>')", nonce, lang: 'en"><script>' });
  assert.match(nonce, /^[0-9a-f]{32}$/);
  assert.notEqual(nonce, makeNonce());
  assert.match(text, /default-src 'none'/);
  assert.doesNotMatch(text, /unsafe|'<\/script>|"><script>/);
  assert.deepEqual([...text.matchAll(/<(?:script|style)(?! nonce="[0-9a-f]{32}")/g)], []);
});
