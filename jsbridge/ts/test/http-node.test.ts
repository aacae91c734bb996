import assert from "node:assert/strict";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { test } from "node:test";
import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import { NodeHttp } from "../src/http-node.js";
import { nodeFailure } from "../src/node-failure.js";
import { Signal, exchange, serve } from "./http-rig.js";

test("method, path, headers and body arrive; repeated headers stay apart", async (t) => {
  const driver = new NodeHttp();
  t.after(() => driver.close());
  const { url } = await serve(t, (req, res) => {
    const parts: Buffer[] = [];
    req.on("data", (d: Buffer) => parts.push(d));
    req.on("end", () => {
      res.setHeader("Set-Cookie", ["a=1", "b=2"]);
      res.end(JSON.stringify([req.method, req.url, req.rawHeaders, Buffer.concat(parts).toString("hex")]));
    });
  });
  for (const size of [0, 3, 16_384, 16_385, 200_000]) {
    const body = Buffer.alloc(size, 0xe9);
    const headers = [{ name: "X-A", value: "1" }, { name: "X-A", value: "é" }];
    const told = await exchange(driver, { url: `${url}/mcp?q=1`, method: "POST", headers, body });
    assert.equal(told.failure, undefined);
    assert.deepEqual(told.headers.filter((h) => h.name === "Set-Cookie").map((h) => h.value), ["a=1", "b=2"]);
    assert.deepEqual(JSON.parse(told.body.toString()), [
      "POST", "/mcp?q=1",
      ["Host", url.slice(7), "X-A", "1", "X-A", "é", "Accept-Encoding", "identity", "Content-Length", String(size), "Connection", "keep-alive"],
      body.toString("hex"),
    ]);
  }
});

test("a redirect is an answer and is not followed", async (t) => {
  const driver = new NodeHttp();
  t.after(() => driver.close());
  let asked = 0;
  const { url } = await serve(t, (_, res) => {
    asked++;
    res.writeHead(307, { Location: "/elsewhere" }).end();
  });
  const told = await exchange(driver, { url });
  assert.deepEqual([told.status, asked], [307, 1]);
});

test("pieces come as they come", async (t) => {
  const driver = new NodeHttp();
  t.after(() => driver.close());
  const { url } = await serve(t, (_, res) => {
    res.write("data: 1\n\n");
    setTimeout(() => res.end("data: 2\n\n"), 50);
  });
  const told = await exchange(driver, { url });
  assert.equal(told.pieces, 2);
});

for (const [coding, fold] of [["gzip", gzipSync], ["deflate", deflateSync], ["br", brotliCompressSync]] as const) {
  test(`${coding} is unfolded, within bounds`, async (t) => {
    const driver = new NodeHttp();
    t.after(() => driver.close());
    const bodies: Record<string, Buffer> = {
      "/text": fold(Buffer.from("héllo ".repeat(1000))),
      "/bomb": fold(Buffer.alloc(16 << 20)),
      "/nothing": Buffer.alloc(0),
      "/cut": fold(Buffer.from("héllo ".repeat(1000))).subarray(0, 20),
    };
    const { url } = await serve(t, (req, res) => {
      res.writeHead(200, { "Content-Encoding": coding }).end(bodies[req.url ?? ""]);
    });
    const text = await exchange(driver, { url: `${url}/text` });
    assert.equal(text.body.toString(), "héllo ".repeat(1000));
    assert.equal(text.failure, undefined);
    const bomb = await exchange(driver, { url: `${url}/bomb` });
    assert.equal(bomb.failure?.kind, "limit");
    const bound = Math.max(1 << 20, 100 * (bodies["/bomb"]?.length ?? 0));
    assert.ok(bomb.body.length <= bound, `${bomb.body.length} bytes came through`);
    assert.equal((await exchange(driver, { url: `${url}/cut` })).failure?.kind, "reset");
    assert.equal((await exchange(driver, { url: `${url}/nothing` })).failure, undefined);
  });
}

test("content that is compressed twice, or in a way that is not known, is refused", async (t) => {
  const driver = new NodeHttp();
  t.after(() => driver.close());
  const { url } = await serve(t, (req, res) => {
    res.writeHead(200, { "Content-Encoding": decodeURIComponent(req.url?.slice(1) ?? "") }).end("{}");
  });
  const told = async (coding: string): Promise<string[]> => {
    const { failure, body } = await exchange(driver, { url: `${url}/${encodeURIComponent(coding)}` });
    return [failure?.kind ?? "", failure?.detail ?? "", body.toString()];
  };
  assert.deepEqual(await told("gzip, gzip"), ["limit", "its content is compressed more than once", ""]);
  assert.deepEqual(await told("zstd"), ["unsupported", "its content is compressed with zstd, which was not asked for and is not supported", ""]);
  // the name may be the key that was sent, and a part of it would not be known as such any more
  for (const name of ["constructor", "Fake-Key-For-Tests-0000", "br-fake-key"]) {
    assert.deepEqual(await told(name), ["unsupported", "its content is compressed in a way that is not known, and was not asked for", ""]);
  }
  assert.deepEqual(await told("identity"), ["", "", "{}"]);
});

test("failures before a byte was sent", async (t) => {
  const driver = new NodeHttp();
  t.after(() => driver.close());
  const { url, server } = await serve(t, (_, res) => res.end());
  const tls = await exchange(driver, { url: url.replace("http:", "https:") });
  assert.deepEqual([tls.failure?.kind, tls.failure?.sent], ["tls", false]);
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
  const refused = await exchange(driver, { url });
  assert.deepEqual([refused.failure?.kind, refused.failure?.sent], ["refused", false]);
  const scheme = await exchange(driver, { url: "ftp://127.0.0.1/" });
  assert.deepEqual([scheme.failure?.kind, scheme.failure?.sent], ["unsupported", false]);
});

test("a connection that breaks after the request is sent, with and without a head", async (t) => {
  const driver = new NodeHttp();
  t.after(() => driver.close());
  const answers = ["", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc"];
  const server = createServer((socket) => socket.once("data", () => socket.end(answers.shift() ?? "")));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => server.close());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const silent = await exchange(driver, { url, method: "POST" });
  assert.deepEqual([silent.status, silent.failure?.kind, silent.failure?.sent], [0, "reset", true]);
  const cut = await exchange(driver, { url, method: "POST" });
  assert.deepEqual([cut.status, cut.failure?.kind, cut.failure?.sent], [200, "reset", true]);
  assert.equal(cut.body.toString(), "abc");
});

test("abort ends at once and says whether the request went out", async (t) => {
  const driver = new NodeHttp();
  t.after(() => driver.close());
  const { url } = await serve(t, (_, res) => void res.write("x"));
  const running = new Signal();
  const told = await exchange(driver, { url }, { signal: running, onBody: () => running.abort() });
  assert.deepEqual(told.failure, { kind: "aborted", detail: "aborted", sent: true });
  const early = new Signal();
  const pending = exchange(new NodeHttp(), { url }, { signal: early });
  early.abort();
  assert.deepEqual((await pending).failure, { kind: "aborted", detail: "aborted", sent: false });
});

test("connections are kept alive, and given back at close", async (t) => {
  const driver = new NodeHttp();
  const ports = new Set<number | undefined>();
  const { url, server } = await serve(t, (req, res) => {
    ports.add(req.socket.remotePort);
    res.end("ok");
  });
  for (let i = 0; i < 5; i++) await exchange(driver, { url, method: "POST" });
  assert.equal(ports.size, 1);
  driver.close();
  await new Promise((resolve) => setTimeout(resolve, 50));
  const open = await new Promise((resolve) => server.getConnections((_, n) => resolve(n)));
  assert.equal(open, 0);
});

test("kinds go by code, not by text", () => {
  const told = (code: string, sent: boolean, late = true): [string, boolean] => {
    const { kind, sent: was } = nodeFailure(Object.assign(new Error("x"), { code }), { sent, late });
    return [kind, was];
  };
  assert.deepEqual(told("ENOTFOUND", false), ["dns", false]);
  assert.deepEqual(told("EAI_AGAIN", false), ["dns", false]);
  assert.deepEqual(told("ECONNREFUSED", false), ["refused", false]);
  assert.deepEqual(told("EHOSTUNREACH", false), ["connect", false]);
  assert.deepEqual(told("ECONNRESET", false), ["connect", false]);
  assert.deepEqual(told("ECONNRESET", true), ["reset", true]);
  assert.deepEqual(told("ETIMEDOUT", true), ["timeout", true]);
  for (const c of ["CERT_HAS_EXPIRED", "DEPTH_ZERO_SELF_SIGNED_CERT", "UNABLE_TO_VERIFY_LEAF_SIGNATURE", "ERR_TLS_CERT_ALTNAME_INVALID"]) {
    assert.deepEqual(told(c, false), ["tls", false]);
  }
  // an alert that ends the handshake, and TLS's word for a connection that breaks later
  assert.deepEqual(told("ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED", true, false), ["tls", false]);
  assert.deepEqual(told("ERR_SSL_TLSV1_ALERT_UNKNOWN_CA", true, true), ["reset", true]);
  assert.deepEqual(told("ERR_SSL_TLSV1_ALERT_INTERNAL_ERROR", true, false), ["reset", true]);
  const many = new AggregateError([Object.assign(new Error("a"), { code: "ECONNREFUSED" })]);
  assert.equal(nodeFailure(many, { sent: false, late: false }).kind, "refused");
});
