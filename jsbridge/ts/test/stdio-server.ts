/** An MCP server of 2025-06-18 on standard streams that does what its tools' names say. Run by stdio.test.ts. */
import { createInterface } from "node:readline";

interface Wire {
  id?: string | number;
  method?: string;
  params?: { name?: string; uri?: string; arguments?: { method: string; params: object } };
  result?: unknown;
  error?: unknown;
}

const waiting = new Map<string, (answer: Wire) => void>();

function send(message: object): void {
  process.stdout.write(`${JSON.stringify({ jsonrpc: "2.0", ...message })}\n`);
}

function ask(id: string, method: string, params: object): Promise<Wire> {
  send({ id, method, params });
  return new Promise((resolve) => waiting.set(id, resolve));
}

/** What a tool gives is its only content, as JSON. */
const tools: Record<string, (args: { method: string; params: object }) => unknown> = {
  env: () => process.env,
  pid: () => process.pid,
  arguments: () => process.argv.slice(2),
  async ask({ method, params }) {
    const { result, error } = await ask("q1", method, params);
    return result ?? error;
  },
  withdraw({ method, params }) {
    void ask("q2", method, params);
    setTimeout(() => send({ method: "notifications/cancelled", params: { requestId: "q2" } }), 50);
    return "withdrawn";
  },
  die: () => process.exit(3),
  touch: () => send({ method: "notifications/resources/updated", params: { uri: "a:b" } }),
};

const methods: Record<string, (message: Wire) => unknown> = {
  initialize: () => ({
    protocolVersion: "2025-06-18", serverInfo: { name: "stdio-rig", version: "1" },
    capabilities: { tools: {}, resources: { subscribe: true } },
  }),
  "tools/list": () => ({ tools: Object.keys(tools).map((name) => ({ name, inputSchema: { type: "object" } })) }),
  "resources/subscribe": () => ({}),
  "resources/unsubscribe": () => ({}),
  async "tools/call"({ params }) {
    const given = await tools[params?.name ?? ""]?.(params?.arguments ?? { method: "", params: {} });
    return { content: [{ type: "text", text: JSON.stringify(given ?? null) }] };
  },
};

async function receive(message: Wire): Promise<void> {
  if (message.method === undefined) return void waiting.get(String(message.id))?.(message);
  if (message.method === "notifications/roots/list_changed") process.stderr.write("roots changed\n");
  if (message.id === undefined) return;
  const method = methods[message.method];
  if (method === undefined) send({ id: message.id, error: { code: -32601, message: "Method not found" } });
  else send({ id: message.id, result: await method(message) });
}

process.stderr.write("started\n");
if (process.argv.includes("--stubborn")) {
  process.on("SIGTERM", () => undefined);
  setInterval(() => undefined, 1_000);
}
createInterface({ input: process.stdin }).on("line", (line) => void receive(JSON.parse(line) as Wire));
