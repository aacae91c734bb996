// Times one sequential tools/call over loopback three ways, the server in a process of its own:
// node bench/call.mjs (after npm run build, with dist/headfast.wasm there).
import { spawn } from "node:child_process";
import http from "node:http";
import { fileURLToPath } from "node:url";
import { NodeHttp, open } from "../dist/node.js";

const WARM = 1000;
const CALLS = 5000;
const ROUNDS = 3;

function serve() {
  const results = {
    initialize: { protocolVersion: "2025-06-18", capabilities: { tools: {} }, serverInfo: { name: "s", version: "1" } },
    "tools/call": { content: [{ type: "text", text: "hi" }] },
  };
  http.createServer((req, res) => {
    const parts = [];
    req.on("data", (d) => parts.push(d));
    req.on("end", () => {
      if (req.method !== "POST") return void res.writeHead(405).end();
      const { id, method } = JSON.parse(Buffer.concat(parts));
      if (id === undefined) return void res.writeHead(202).end();
      const result = results[method];
      const answer = result ? { jsonrpc: "2.0", id, result } : { jsonrpc: "2.0", id, error: { code: -32601, message: "no" } };
      res.setHeader("Content-Type", "application/json").end(JSON.stringify(answer));
    });
  }).listen(0, "127.0.0.1", function () {
    console.log(this.address().port);
  });
}

async function main() {
  const child = spawn(process.execPath, [fileURLToPath(import.meta.url), "server"], { stdio: ["ignore", "pipe", "inherit"] });
  const port = await new Promise((resolve) => child.stdout.once("data", (d) => resolve(Number(d))));
  const url = `http://127.0.0.1:${port}/mcp`;
  const core = await open({ client: { name: "bench", title: "Bench", version: "1" } });
  const { id } = await core.load({ path: ".mcp.json", text: JSON.stringify({ mcpServers: { s: { type: "http", url } } }) });
  const session = await core.connect(id, "s");
  const agent = new http.Agent({ keepAlive: true });
  const driver = new NodeHttp();
  for (let i = 0; i < ROUNDS; i++) {
    const bare = await time(() => post(url, agent));
    const node = await time(() => through(driver, url));
    const call = await time(() => session.callTool("echo", { x: 1 }));
    console.log(`bare ${bare.toFixed(1)} us, http-node ${node.toFixed(1)} us, callTool ${call.toFixed(1)} us (${(call / bare).toFixed(2)}x)`);
  }
  await core.close();
  agent.destroy();
  driver.close();
  child.kill();
}

async function time(call) {
  for (let i = 0; i < WARM; i++) await call();
  const start = performance.now();
  for (let i = 0; i < CALLS; i++) await call();
  return ((performance.now() - start) / CALLS) * 1000;
}

const HEADERS = {
  "Mcp-Protocol-Version": "2025-06-18", Accept: "application/json, text/event-stream", "Content-Type": "application/json",
};
const BODY = JSON.stringify({ jsonrpc: "2.0", id: "1", method: "tools/call", params: { name: "echo", arguments: { x: 1 } } });

function post(url, agent) {
  return new Promise((resolve, reject) => {
    const headers = { ...HEADERS, "Content-Length": BODY.length };
    http.request(url, { agent, method: "POST", headers }, (res) => {
      const parts = [];
      res.on("data", (d) => parts.push(d));
      res.on("end", () => resolve(JSON.parse(Buffer.concat(parts))));
    }).on("error", reject).end(BODY);
  });
}

const EFFECT = {
  id: 1, session: 1, method: "POST",
  headers: Object.entries(HEADERS).map(([name, value]) => ({ name, value })),
  body: Buffer.from(BODY),
};

function through(driver, url) {
  return new Promise((end) => {
    driver.send({ ...EFFECT, url }, { head() {}, body() {}, end }, { aborted: false, onAbort() {} });
  });
}

if (process.argv[2] === "server") serve();
else await main();
