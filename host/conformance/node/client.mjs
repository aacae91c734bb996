// node client.mjs DIST URL: the client's side of the conformance suite on the npm package headfast, whose built
// files are in DIST. Each scenario takes the steps that a person would, as package client does in Go; a failed
// step ends it with exit code 1.
import { pathToFileURL } from "node:url";
import * as auth from "./auth.mjs";
import { listSkills, loadSkills } from "./skills.mjs";

const [dist, url] = process.argv.slice(2);
const { open, withDefaults } = await import(pathToFileURL(`${dist}/node.js`));
const context = JSON.parse(process.env.MCP_CONFORMANCE_CONTEXT || "{}");

async function call(session, name, args) {
  const result = await session.callTool(name, args);
  if (result.isError) throw new Error(`${name} failed: ${JSON.stringify(result)}`);
  return result;
}

async function find(session, name) {
  const tool = (await session.listTools()).find((tool) => tool.name === name);
  if (tool === undefined) throw new Error(`the server has no tool ${name}`);
  return tool;
}

const callNamed = (name) => async (session) => {
  await find(session, name);
  await call(session, name);
};

async function callEveryTool(session) {
  for (const { name } of await session.listTools()) await call(session, name, { region: "us-west1" });
}

/** useAll makes one request for each element of a list: key is what names it there and in the request. */
async function useAll(session, list, member, key, use) {
  const result = await session.request(list);
  for (const element of result[member]) await session.request(use, { [key]: element[key] });
}

const scenarios = {
  initialize: (session) => session.listTools(),
  "request-metadata": (session) => session.listTools(),
  "json-schema-ref-no-deref": (session) => session.listTools(),
  "elicitation-sep1034-client-defaults": callNamed("test_client_elicitation_defaults"),
  "sse-retry": callNamed("test_reconnection"),
  "http-invalid-tool-headers": callEveryTool,
  "sep-2640-client-no-prefetch": listSkills,
  "sep-2640-client-verify-digest": loadSkills,
  "sep-2640-client-verify-size": loadSkills,
  "sep-2640-client-verify-frontmatter": loadSkills,

  async tools_call(session) {
    await find(session, "add_numbers");
    const { content } = await call(session, "add_numbers", { a: 5, b: 3 });
    if (!content[0].text.includes("5 and 3 is 8")) throw new Error(`5 and 3 make ${content[0].text}`);
  },

  async "sep-2322-client-request-state"(session) {
    for (const { name } of await session.listTools()) await call(session, name);
  },

  async "http-standard-headers"(session) {
    await callEveryTool(session);
    await useAll(session, "resources/list", "resources", "uri", "resources/read");
    await useAll(session, "prompts/list", "prompts", "name", "prompts/get");
  },

  async "http-custom-headers"(session) {
    await session.listTools();
    for (const { name, arguments: args } of context.toolCalls) await call(session, name, args);
  },

  async "json-schema-2020-12-preservation"(session) {
    const { inputSchema } = await find(session, "json_schema_2020_12_tool");
    await call(session, "json_schema_echo", { schema: inputSchema });
  },
};

/** onElicitation sends every form with its defaults, as a person does who changes nothing, and opens no page. */
function onElicitation({ mode, requestedSchema }) {
  return mode === "form" ? { action: "accept", content: withDefaults(requestedSchema, {}) } : { action: "decline" };
}

async function callPlainly(session) {
  for (const { name } of await session.listTools()) await call(session, name);
}

const scenario = process.env.MCP_CONFORMANCE_SCENARIO ?? "";
const signsIn = scenario.startsWith("auth/");
const client = { name: "headfast", title: "Headfast", version: "0.1.0" };
const core = await open({ client, ...(signsIn ? auth.options(context) : {}) });
try {
  const steps = signsIn ? callPlainly : scenarios[scenario];
  if (steps === undefined) throw new Error(`no such scenario: ${scenario}`);
  const entry = { type: "http", url, ...(signsIn ? auth.entry(scenario, context) : {}) };
  const text = JSON.stringify({ mcpServers: { conformance: entry } });
  const config = await core.load({ path: "conformance", text });
  const session = await core.connect(config.id, "conformance", { revision: process.env.MCP_CONFORMANCE_PROTOCOL_VERSION, onElicitation });
  await steps(session);
  await session.close();
} finally {
  await core.close();
}
