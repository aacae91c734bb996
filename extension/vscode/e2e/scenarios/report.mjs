// The report's server: its key is sent and nothing else is asked, with the right key and with a wrong one.
import { includes, same } from "../lib/same.mjs";

const KEY = "test-key-12345";

export function reportConfig(origin, key = KEY) {
  const server = { type: "http", url: `${origin}/mcp`, headers: { "X-API-Key": key } };
  return `${JSON.stringify({ mcpServers: { "test-server-http": server } }, null, 2)}\n`;
}

export default {
  hosts: ["desktop", "worker", "static"],
  files: ({ origin }) => ({ ".mcp.json": reportConfig(origin) }),
  async run(stage) {
    await listAndConnect(stage);
    await wrongKey(stage);
    if (stage.host !== "desktop") return notStarted(stage);
    await noCredential(stage);
    await startedByHost(stage);
    await stage.checks.check("the log says what happened, and has no key", async () => {
      const log = await stage.readLog();
      includes(log, "connected · 1 tool", "HF101");
      same([log.includes("test-key"), log.includes("wrong-key")], [false, false]);
    });
  },
};

async function listAndConnect({ checks, bench, demo, from, shot }) {
  await checks.check("the tree shows the server, not connected", async () => {
    await bench.openHeadfast();
    await bench.see("test-server-http");
    await bench.see("not connected");
  });
  await checks.check("the auth line names header, length, file and line", () => bench.see("sends X-API-Key, 14 characters, .mcp.json:7"));
  await checks.check("nothing was sent before the person asked", () => same(demo.requests, []));
  await shot("listed");
  await checks.check("connect lists the tool", async () => {
    await bench.inlineAction("test-server-http", "Connect");
    await bench.answer("Agree");
    await bench.see("test_tool");
    await bench.see("connected · 1 tool");
  });
  await checks.check("only the server's own path was asked, with the key", () => onlyMcp(demo.requests, 200, from));
  await shot("connected");
}

async function wrongKey({ checks, bench, demo, from, setConfig, shot }) {
  demo.requests.length = 0;
  await checks.check("a changed file is loaded again by itself, and is not connected", async () => {
    await setConfig(reportConfig(demo.origin, "wrong-key"));
    await bench.see("sends X-API-Key, 9 characters, .mcp.json:7");
    await bench.see("not connected");
    same(demo.requests, []);
  });
  await checks.check("a refused key is told on the row, with its code", async () => {
    await bench.command("Headfast: Connect");
    await bench.answer("Agree");
    await bench.see("HF101 · The server refused the key it was sent");
  });
  await checks.check("no discovery and no registration followed", () => onlyMcp(demo.requests, 401, from));
  await checks.check("the refusal stays after a refresh", async () => {
    await bench.command("Headfast: Refresh");
    await bench.page.waitForTimeout(500);
    await bench.see("HF101 · The server refused the key it was sent", 1000);
  });
  await shot("refused");
}

async function noCredential({ checks, bench, demo, setConfig }) {
  await checks.check("a server without headers says so", async () => {
    await setConfig(`{"mcpServers":{"bare":{"type":"http","url":"${demo.origin}/mcp"}}}`);
    await bench.see("no credential configured");
  });
}

// A server that the host starts itself: the demo server over its standard streams.
async function startedByHost({ checks, bench, setConfig, headfast, shot }) {
  const local = { command: headfast, args: ["demo-server", "--stdio"] };
  await checks.check("a server that is a process is started on connect, and lists its tools", async () => {
    await setConfig(JSON.stringify({ mcpServers: { local } }));
    await bench.see("local");
    await bench.command("Headfast: Connect");
    await bench.answer("Agree");
    await bench.see("Gives the text back.");
    await bench.see("connected · 9 tools");
  });
  await shot("stdio");
}

async function notStarted({ checks, bench, setConfig }) {
  await checks.check("a server that is a process is listed, and says that it cannot be started here", async () => {
    await setConfig(`{"mcpServers":{"local":{"command":"acme-server"}}}`);
    await bench.see("stdio · cannot be started here");
  });
}

// The log line of an answer may come a moment after the answer.
async function onlyMcp(requests, status, from) {
  for (let i = 0; i < 50 && !requests.at(-1)?.endsWith(` ${status}${from}`); i++) await new Promise((done) => setTimeout(done, 20));
  if (!requests.at(-1)?.endsWith(` ${status}${from}`)) throw new Error(`the last of ${JSON.stringify(requests)} is not ${status}${from}`);
  same(requests.filter((line) => !line.startsWith("POST /mcp ")), []);
}
