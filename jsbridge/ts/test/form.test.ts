import assert from "node:assert/strict";
import { test } from "node:test";
import type { FormContent, FormSchema } from "../src/elicitation.js";
import { validate } from "../src/form-check.js";
import { fields, withDefaults } from "../src/form.js";
import { checkUrl } from "../src/url-check.js";

const form = (properties: FormSchema["properties"], required: string[] = []): FormSchema => ({ type: "object", properties, required });

const colours = [{ value: "r", title: "Red" }, { value: "g", title: "Green" }];

test("fields come in the schema's order, with titles, bounds and defaults", () => {
  const schema = form({
    z: { type: "string", title: "Zed", description: "d", minLength: 1, maxLength: 3, format: "email", default: "a@b" },
    a: { type: "integer", minimum: 0, maximum: 9, default: 4 },
    b: { type: "boolean", default: false },
    n: { type: "number", default: "no number" },
  }, ["z"]);
  const [z, a, b, n] = fields(schema);
  assert.deepEqual(z, {
    name: "z", title: "Zed", description: "d", kind: "text", required: true, initial: "a@b", options: [],
    format: "email", least: 1, most: 3,
  });
  assert.deepEqual([a?.name, a?.title, a?.kind, a?.required, a?.initial, a?.least, a?.most], ["a", "a", "integer", false, 4, 0, 9]);
  assert.deepEqual([b?.kind, b?.initial, n?.kind, n?.initial], ["boolean", false, "number", undefined]);
});

test("the enums of every revision are choices", () => {
  const titled = [{ const: "r", title: "Red" }, { const: "g", title: "Green" }];
  const cases: [FormSchema["properties"][string], string, typeof colours][] = [
    [{ type: "string", enum: ["r", "g"] }, "choice", [{ value: "r", title: "r" }, { value: "g", title: "g" }]],
    [{ type: "string", enum: ["r", "g"], enumNames: ["Red", "Green"] }, "choice", colours],
    [{ type: "string", oneOf: titled }, "choice", colours],
    [{ type: "array", items: { type: "string", enum: ["r", "g"] } }, "choices", [{ value: "r", title: "r" }, { value: "g", title: "g" }]],
    [{ type: "array", items: { anyOf: titled }, minItems: 1, maxItems: 2, default: ["r"] }, "choices", colours],
    [{ type: "array", items: { oneOf: titled } }, "choices", colours],
    [{ enum: ["r"], enumNames: [] }, "choice", [{ value: "r", title: "r" }]],
    [{ type: "array", items: { type: "object" } }, "other", []],
    [{ type: ["string", "null"] }, "other", []],
    [{ type: "array", items: [1], enum: 3 }, "other", []],
  ];
  for (const [schema, kind, options] of cases) {
    const [field] = fields(form({ x: schema }));
    assert.deepEqual([field?.kind, field?.options], [kind, options], JSON.stringify(schema));
  }
});

test("defaults fill what is missing and nothing else, whatever the names", () => {
  const schema = form(JSON.parse(`{"a":{"type":"string","default":"A"},"b":{"type":"boolean","default":false},
    "c":{"type":"string"},"__proto__":{"type":"string","default":"p"},"toString":{"type":"number","default":0}}`) as FormSchema["properties"]);
  const content = { a: "mine", more: 1 };
  const filled = withDefaults(schema, content);
  assert.deepEqual(JSON.parse(JSON.stringify(filled)), JSON.parse(`{"a":"mine","more":1,"b":false,"__proto__":"p","toString":0}`));
  assert.deepEqual(content, { a: "mine", more: 1 });
  assert.equal(Object.getPrototypeOf(filled), Object.prototype);
  assert.equal(withDefaults(form({ a: { type: "string", default: "A" } }))["a"], "A");
});

test("what does not fit is told by field", () => {
  const schema = form({
    text: { type: "string", minLength: 2, maxLength: 3 }, mail: { type: "string", format: "email" },
    uri: { type: "string", format: "uri" }, day: { type: "string", format: "date" }, time: { type: "string", format: "date-time" },
    whole: { type: "integer", minimum: 1, maximum: 3 }, n: { type: "number" }, yes: { type: "boolean" },
    one: { type: "string", enum: ["r"] }, some: { type: "array", items: { enum: ["r", "g"] }, minItems: 1, maxItems: 2 },
  }, ["text"]);
  const wrong = (content: FormContent): Record<string, string> => Object.fromEntries(validate(schema, content));
  assert.deepEqual(wrong({
    text: "😀😀", mail: "a@b.c", uri: "urn:x", day: "2028-02-29", time: "2026-07-28T12:00:00.5+02:00", whole: 3, n: -0.5, yes: true, one: "r", some: ["r"],
  }), {});
  assert.deepEqual(wrong({}), { text: "Required" });
  assert.deepEqual(wrong({ text: "x", whole: 0, some: [], other: "o" }), {
    text: "At least 2 characters", whole: "At least 1", some: "At least 1 choice", other: "Not asked for",
  });
  assert.deepEqual(wrong({ text: "long", whole: 4, some: ["r", "g", "r"] }), {
    text: "At most 3 characters", whole: "At most 3", some: "At most 2 choices",
  });
  const bad = { text: 1, mail: "a b@c", uri: "x", day: "2026-02-30", time: "2026-07-28", whole: 1.5, n: NaN, yes: "true", one: "g", some: ["x"] };
  assert.deepEqual(Object.keys(wrong(bad)), Object.keys(bad));
  assert.deepEqual(Object.keys(wrong({ text: "ok", time: "2026-02-30T00:00:00Z", one: ["r"], some: "r" })), ["time", "one", "some"]);
});

test("what MCP has no form for is not checked but for being there", () => {
  const schema = form({ x: { type: "object" } }, ["x"]);
  assert.equal(validate(schema, {}).get("x"), "Required");
  assert.equal(validate(schema, { x: ["a"] }).size, 0);
});

test("only https is opened, or http on this machine, with the host in sight", () => {
  assert.deepEqual(checkUrl("https://Mcp.Example:8443/a?b"), { href: "https://mcp.example:8443/a?b", host: "mcp.example:8443", warnings: [] });
  for (const url of ["http://localhost:1/", "http://127.9.9.9/", "http://[::1]/", "http://a.localhost/"]) assert.equal(checkUrl(url).href, url);
  for (const url of ["https://аpple.com/", "https://%D0%B0pple.com/", "https://www.XN--PYPAL-4VE.example/"]) {
    assert.match(checkUrl(url).warnings[0] ?? "", /xn--/);
  }
  // what is shown is what a browser reads
  assert.equal(checkUrl("https://good.com%E3%80%82evil.com/").host, "good.com.evil.com");
  assert.equal(checkUrl("https://good.com\\@evil.test/").host, "good.com");
  for (const url of [
    "http://h.test/", "http://localhost.evil.test/", "http://127.0.0.1.evil.test/", "ftp://h.test/", "file:///etc/passwd",
    "javascript:alert(1)", "data:text/html,x", "vscode://x/y", "https://good.test@evil.test/", "https://:p@evil.test/", "", "no url",
    "https://%E2%80%AEmoc.elppa/", "https://good.test%2Fevil.test/",
  ]) assert.throws(() => checkUrl(url), RangeError, url);
});
