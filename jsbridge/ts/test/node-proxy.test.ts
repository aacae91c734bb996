import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer, request as httpRequest } from "node:http";
import type { IncomingMessage, RequestListener } from "node:http";
import { connect } from "node:net";
import type { AddressInfo, Socket } from "node:net";
import { test } from "node:test";
import type { TestContext } from "node:test";
import { HeadfastError } from "../src/errors.js";
import { NodeHttp } from "../src/http-node.js";
import { chooseProxy } from "../src/node-proxy.js";
import { authority, inFiles } from "./certificates.js";
import { Signal, closedPort, exchange, listen, serve, serveTLS } from "./http-rig.js";

const KEY = "fake-key-for-tests-0000";
const PASSWORD = "fake-proxy-password-0000";
const headers = [{ name: "X-API-Key", value: KEY }];

/** A proxy that wants a password and sends every server's requests to one port. */
async function startProxy(t: TestContext, to: number): Promise<{ port: number; url: string; seen: IncomingMessage[] }> {
  const seen: IncomingMessage[] = [];
  const known = (req: IncomingMessage): boolean =>
    req.headers["proxy-authorization"] === `Basic ${Buffer.from(`someone:${PASSWORD}`).toString("base64")}`;
  const server = createServer((req, res) => {
    seen.push(req);
    if (!known(req)) {
      res.writeHead(407).end("<html>who are you</html>");
      return;
    }
    const { "proxy-authorization": _, ...rest } = req.headers;
    req.pipe(httpRequest({ port: to, host: "127.0.0.1", method: req.method, path: new URL(req.url ?? "").pathname, headers: rest }, (answer) => {
      res.writeHead(answer.statusCode ?? 0);
      answer.pipe(res);
    }));
  });
  server.on("connect", (req, socket: Socket) => {
    seen.push(req);
    if (!known(req)) {
      socket.end("HTTP/1.1 407 Proxy Authentication Required\r\n\r\n<html>who are you</html>");
      return;
    }
    const out = connect(to, "127.0.0.1", () => {
      socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
      socket.pipe(out).pipe(socket);
    });
    out.on("error", () => socket.end("HTTP/1.1 502 Bad Gateway\r\n\r\n"));
    socket.on("error", () => out.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => server.close());
  const { port } = server.address() as AddressInfo;
  return { port, url: `http://someone:${PASSWORD}@127.0.0.1:${port}`, seen };
}

const keyed: RequestListener = (req, res) => {
  const fits = req.headers["x-api-key"] === KEY && req.headers["proxy-authorization"] === undefined && req.headers.host === "mcp.acme.example";
  res.writeHead(fits ? 200 : 400).end("ok");
};

test("a request to https goes through CONNECT, with the proxy's credentials and without the server's", async (t) => {
  const ca = authority();
  const [caFile] = inFiles(t, ca.cert) as [string];
  const { port } = await serveTLS(t, ca.sign(["mcp.acme.example"]), keyed);
  const proxy = await startProxy(t, port);
  for (const env of [{ HTTPS_PROXY: proxy.url }, { https_proxy: proxy.url }]) {
    const driver = new NodeHttp({ caFiles: [caFile] }, env);
    t.after(() => driver.close());
    for (const path of ["/mcp", "/again"]) {
      const told = await exchange(driver, { url: `https://mcp.acme.example${path}`, method: "POST", headers });
      assert.deepEqual([told.status, told.body.toString(), told.failure], [200, "ok", undefined]);
    }
  }
  assert.equal(proxy.seen.length, 2, "one tunnel for each driver");
  for (const req of proxy.seen) {
    assert.deepEqual([req.method, req.url], ["CONNECT", "mcp.acme.example:443"]);
    assert.deepEqual(Object.keys(req.headers).sort(), ["connection", "host", "proxy-authorization"]);
  }
});

test("a request to http goes to the proxy itself; the server is not sent the proxy's credentials", async (t) => {
  const { server } = await serve(t, keyed);
  const proxy = await startProxy(t, (server.address() as AddressInfo).port);
  for (const driver of [new NodeHttp({}, { HTTP_PROXY: proxy.url }), new NodeHttp({ proxy: proxy.url }, {})]) {
    t.after(() => driver.close());
    const told = await exchange(driver, { url: "http://mcp.acme.example/mcp", method: "POST", headers });
    assert.deepEqual([told.status, told.failure], [200, undefined]);
  }
  assert.deepEqual(proxy.seen.map((req) => req.url), Array(2).fill("http://mcp.acme.example/mcp"));
});

test("the choice follows host/testdata/proxies.json", () => {
  interface Case { setting?: string; env: Record<string, string>; url: string; proxy: string }
  const path = new URL("../../../../host/testdata/proxies.json", import.meta.url);
  for (const c of JSON.parse(readFileSync(path, "utf8")) as Case[]) {
    const chosen = chooseProxy(c.setting, c.env)(new URL(c.url));
    assert.equal(chosen?.href ?? "", c.proxy === "" ? "" : new URL(c.proxy).href, JSON.stringify(c));
  }
});

test("what is no proxy's URL is an error that names the variable, not its value", () => {
  for (const value of [`http://someone:${PASSWORD}@pro xy`, `ftp://x:${PASSWORD}@proxy`, `socks5://x:${PASSWORD}@proxy`, `http://${PASSWORD}@`]) {
    for (const [name, open] of Object.entries({
      "variable HTTPS_PROXY": () => new NodeHttp({}, { HTTPS_PROXY: value }),
      "variable HTTP_PROXY": () => new NodeHttp({}, { http_proxy: value }),
      "option proxy": () => new NodeHttp({ proxy: value }, {}),
    })) {
      assert.throws(open, (e) => e instanceof HeadfastError && e.body.includes(name) && !JSON.stringify(e).includes(PASSWORD));
    }
  }
});

test("a proxy's failure says that it is the proxy, and which; the server has seen nothing", async (t) => {
  const proxy = await startProxy(t, await closedPort());
  const hangs = await listen(t, (socket) => socket.once("data", () => socket.destroy()));
  const refused = await closedPort();
  const url = (user: string, port: number, scheme = "http"): string => `${scheme}://${user}:${PASSWORD}@127.0.0.1:${port}`;
  for (const [via, server, says] of [
    [url("else", proxy.port), "https", "credentials of its own (407)"],
    [url("else", proxy.port), "http", "credentials of its own (407)"],
    [proxy.url, "https", "502 Bad Gateway"],
    [url("x", refused), "https", "ECONNREFUSED"],
    [url("x", refused), "http", "ECONNREFUSED"],
    [url("x", hangs), "https", ""],
    [url("x", proxy.port, "https"), "https", ""],
    [url("x", proxy.port, "https"), "http", ""],
  ] as const) {
    const driver = new NodeHttp({ proxy: via }, {});
    t.after(() => driver.close());
    const { failure } = await exchange(driver, { url: `${server}://mcp.acme.example/`, method: "POST", headers });
    assert.deepEqual([failure?.kind, failure?.sent], ["proxy", false], `${via} ${server}: ${failure?.detail}`);
    const detail = failure?.detail ?? "";
    assert.ok(detail.startsWith(`the proxy ${new URL(via).host}: `) && detail.includes(says) && !detail.includes(PASSWORD), detail);
  }
});

test("an abort, and close, end what waits for a proxy", async (t) => {
  const silent = await listen(t, () => {});
  const driver = new NodeHttp({ proxy: `http://127.0.0.1:${silent}` }, {});
  const signal = new Signal();
  const told = exchange(driver, { url: "https://mcp.acme.example/" }, { signal });
  setTimeout(() => signal.abort(), 20);
  assert.deepEqual((await told).failure, { kind: "aborted", detail: "aborted", sent: false });
  const left = exchange(driver, { url: "https://mcp.acme.example/" });
  setTimeout(() => driver.close(), 20);
  assert.equal((await left).failure?.kind, "proxy");
});
