// The server of the report: POST /mcp with X-API-Key, only tools/list, ids are strings.
import http from "node:http";

const KEY = "test-key-12345";
const TOOLS = [{ name: "test_tool", description: "A test tool", inputSchema: { type: "object", properties: {} } }];

// Starts it on a free port of 127.0.0.1. requests has one "METHOD /path STATUS" for each answered request,
// with " from a page" after it where the browser said so.
export async function startDemo() {
  const requests = [];
  const server = http.createServer(async (request, response) => {
    const { status, body } = await answer(request);
    if (request.method !== "OPTIONS") requests.push(`${request.method} ${request.url} ${status}${request.headers.origin ? " from a page" : ""}`);
    response.writeHead(status, { "content-type": "application/json", ...allow(request) });
    response.end(body && JSON.stringify(body));
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return { origin: `http://127.0.0.1:${server.address().port}`, requests, close: () => close(server) };
}

async function answer(request) {
  if (request.method === "OPTIONS") return { status: 204 };
  if (request.url !== "/mcp") return { status: 404, body: { detail: "Not Found" } };
  if (request.method !== "POST") return { status: 405, body: { detail: "Method Not Allowed" } };
  const text = await read(request);
  if (request.headers["x-api-key"] !== KEY) return { status: 401, body: { detail: "Missing or invalid API key" } };
  const { id, method } = JSON.parse(text);
  if (typeof id !== "string") return { status: 422, body: { detail: [{ loc: ["body", "id"], msg: "str type expected" }] } };
  if (method === "tools/list") return { status: 200, body: { jsonrpc: "2.0", id, result: { tools: TOOLS } } };
  return { status: 200, body: { jsonrpc: "2.0", id, error: { code: -32601, message: "Method not found" } } };
}

async function read(request) {
  let text = "";
  for await (const piece of request.setEncoding("utf8")) text += piece;
  return text;
}

function allow(request) {
  return {
    "access-control-allow-origin": "*",
    "access-control-allow-headers": request.headers["access-control-request-headers"] ?? "*",
    "access-control-expose-headers": "Mcp-Session-Id, WWW-Authenticate",
  };
}

function close(server) {
  server.closeAllConnections();
  return new Promise((done) => server.close(done));
}
