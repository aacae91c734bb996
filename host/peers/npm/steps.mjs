// node steps.mjs DIST: one core. Each line of stdin is a step, for each a line with what came of it is printed. The
// same steps are taken in Go by driver_go_test.go.
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const { open, withDefaults } = await import(pathToFileURL(`${process.argv[2]}/node.js`));
const core = await open({ client: { name: "peers", title: "Peers", version: "1" } });
let session;
let step; // the one under way
let came;
const log = []; // what the server wrote to its standard error so far

const lists = { tools: "listTools", resources: "listResources", templates: "listResourceTemplates", prompts: "listPrompts" };
const heard = (into) => ({ method, params }) => into.push({ method, params });

const verbs = {
  async connect({ config, how = {} }) {
    const loaded = await core.load({ path: ".mcp.json", text: config });
    session = await core.connect(loaded.id, loaded.servers[0].name, {
      revision: how.revision,
      onElicitation: how.elicitation && elicited,
      onSampling: how.sampling && sampled,
      roots: how.roots,
      onLog: ({ text }) => log.push(text),
      onGap: ({ why }) => came.gaps.push(why),
    });
    session.onMessage((m) => came.messages.push(m));
    return { revision: session.state.revision, transport: session.state.transport, greeting: session.greeting };
  },
  async list({ name }) {
    const key = { tools: "name", resources: "uri", templates: "uriTemplate", prompts: "name" }[name];
    return { names: (await session[lists[name]]()).map((one) => one[key]) };
  },
  call: async ({ name, args, ...rest }) => ({ result: await session.callTool(name, args, options(rest)) }),
  read: async ({ name }) => ({ result: await session.readResource(name) }),
  prompt: async ({ name, args }) => ({ result: await session.getPrompt(name, args) }),
  async complete({ name, args, argument, value }) {
    const ref = name.includes(":") ? { type: "ref/resource", uri: name } : { type: "ref/prompt", name };
    return { names: (await session.complete(ref, { name: argument, value }, args)).values };
  },
  async listen({ filter, name, args, await: method }) {
    const end = new AbortController();
    const messages = [];
    const over = session.listen(filter, heard(messages), { signal: end.signal });
    await until(() => messages.length > 0);
    await session.callTool(name, args);
    await until(() => messages.some((m) => m.method === method));
    end.abort();
    await over;
    return { heard: messages };
  },
  rootsChanged: async () => ({ done: await session.rootsChanged() }),
  close: async () => ({ done: await session.close() }),
};

function options({ progress, cancelMs, logLevel }) {
  return {
    onProgress: progress ? (p) => came.progress.push(p.progress) : undefined,
    signal: cancelMs ? AbortSignal.timeout(cancelMs) : undefined,
    logLevel, timeoutMs: 15_000,
  };
}

function elicited(request) {
  came.asked.push(request);
  const { action, content } = step.answer;
  return action === "accept" && request.mode === "form" ? { action, content: withDefaults(request.requestedSchema, content) } : { action };
}

function sampled(params) {
  came.asked.push(params);
  return { role: "assistant", content: { type: "text", text: "a model's words" }, model: "a-model", stopReason: "endTurn" };
}

async function until(done) {
  for (const end = Date.now() + 5_000; !done() && Date.now() < end;) await new Promise((resolve) => setTimeout(resolve, 10));
}

for await (const line of createInterface({ input: process.stdin })) {
  step = JSON.parse(line);
  came = { progress: [], messages: [], asked: [], gaps: [], log };
  const begin = Date.now();
  try {
    Object.assign(came, await verbs[step.do](step));
  } catch (e) {
    if (e.name !== "HeadfastError") came.broken = String(e?.stack ?? e);
    else came.error = { code: e.code, outcome: e.outcome, rpcCode: e.rpcCode, rpcData: new TextDecoder().decode(e.rpcData), message: `${e.title}: ${e.body}` };
  }
  came.ms = Date.now() - begin;
  if (step.await && step.do === "call") await until(() => came.messages.some((m) => m.method === step.await));
  if (step.awaitLog) await until(() => log.some((l) => l.includes(step.awaitLog)));
  console.log(JSON.stringify(came));
}
await core.close();
