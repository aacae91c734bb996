import assert from "node:assert/strict";
import type { RequestListener } from "node:http";
import type { TLSSocket } from "node:tls";
import { test } from "node:test";
import { HeadfastError } from "../src/errors.js";
import { NodeHttp } from "../src/http-node.js";
import { authority, inFiles } from "./certificates.js";
import type { Pair } from "./certificates.js";
import { exchange, listen, serveTLS } from "./http-rig.js";

const ca = authority();
const HOST = "127.0.0.1";
const ok: RequestListener = (_, res) => void res.end("ok");
const unwanted: RequestListener = (req) => assert.fail(`${req.method} arrived`);

test("an authority is trusted that the options or the variables name, and no other", async (t) => {
  const [good, other] = inFiles(t, ca.cert, authority().cert) as [string, string];
  const { url } = await serveTLS(t, ca.sign([HOST]), ok);
  for (const driver of [
    new NodeHttp({ caFiles: [other, good] }, {}), new NodeHttp({}, { SSL_CERT_FILE: good }),
    new NodeHttp({ caFiles: [other] }, { NODE_EXTRA_CA_CERTS: good }),
  ]) {
    t.after(() => driver.close());
    assert.equal((await exchange(driver, { url })).failure, undefined);
  }
  for (const driver of [new NodeHttp({}, {}), new NodeHttp({ caFiles: [other] }, {})]) {
    const { failure } = await exchange(driver, { url });
    assert.deepEqual([failure?.kind, failure?.sent], ["tls", false]);
    assert.match(failure?.detail ?? "", /unknown authority .*caFiles/);
  }
});

test("a CA file that cannot be used is an error that names it", (t) => {
  const [none, broken] = inFiles(t, "no certificate", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----") as [string, string];
  const says = (open: () => unknown, ...texts: string[]): void =>
    assert.throws(open, (e) => e instanceof HeadfastError && texts.every((text) => e.message.includes(text)), texts.join());
  says(() => new NodeHttp({ caFiles: [none] }, {}), none, "no PEM certificate");
  says(() => new NodeHttp({ caFiles: [broken] }, {}), broken);
  says(() => new NodeHttp({ caFiles: ["/nowhere/ca.pem"] }, {}), "/nowhere/ca.pem", "ENOENT");
  says(() => new NodeHttp({}, { SSL_CERT_FILE: none }), none, "SSL_CERT_FILE");
  says(() => new NodeHttp({}, { NODE_EXTRA_CA_CERTS: "/nowhere/ca.pem" }), "/nowhere/ca.pem", "NODE_EXTRA_CA_CERTS");
});

test("a client certificate is offered to its own origin, and to no other that asks", async (t) => {
  const mine = ca.sign(["client"]);
  const [caFile, certFile, keyFile] = inFiles(t, ca.cert, mine.cert, mine.key) as [string, string, string];
  const tell: RequestListener = (req, res) => void res.end(String(Object.keys((req.socket as TLSSocket).getPeerCertificate()).length > 0));
  const options = { ...ca.sign([HOST]), ca: ca.cert, requestCert: true, rejectUnauthorized: false };
  const own = await serveTLS(t, options, tell);
  const other = await serveTLS(t, options, tell);
  const driver = new NodeHttp({ caFiles: [caFile], clientCertificates: [{ origin: own.url, certFile, keyFile }] }, {});
  t.after(() => driver.close());
  for (const [url, offered] of [[own.url, "true"], [other.url, "false"], [own.url, "true"], [other.url, "false"]] as const) {
    const told = await exchange(driver, { url: `${url}/mcp`, method: "POST" });
    assert.equal(told.body.toString(), offered, told.failure?.detail);
  }
});

test("a server that requires a client certificate says so; the request has not been seen", async (t) => {
  const [caFile] = inFiles(t, ca.cert) as [string];
  for (const maxVersion of ["TLSv1.2", "TLSv1.3"] as const) {
    const { url } = await serveTLS(t, { ...ca.sign([HOST]), ca: ca.cert, requestCert: true, rejectUnauthorized: true, maxVersion }, unwanted);
    const driver = new NodeHttp({ caFiles: [caFile] }, {});
    t.after(() => driver.close());
    const { failure } = await exchange(driver, { url, method: "POST" });
    // The connection's end may overtake the alert of TLS 1.3; then nobody can know that the request was not seen.
    if (maxVersion === "TLSv1.3" && failure?.kind === "reset") continue;
    assert.deepEqual([failure?.kind, failure?.sent], ["tls", false], `${maxVersion}: ${failure?.detail}`);
    if (maxVersion === "TLSv1.3") assert.match(failure?.detail ?? "", /requires a client certificate/);
  }
});

test("a client certificate that cannot be used is an error that names the file or the origin", (t) => {
  const { cert, key } = ca.sign(["client"]);
  const [certFile, keyFile, otherKey, pkcs8, old] = inFiles(
    t, cert, key, ca.sign(["other"]).key, "-----BEGIN ENCRYPTED PRIVATE KEY-----\nfake\n-----END ENCRYPTED PRIVATE KEY-----",
    "-----BEGIN EC PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\nfake\n-----END EC PRIVATE KEY-----",
  ) as [string, string, string, string, string];
  const origin = "https://mcp.acme.example";
  for (const [given, ...says] of [
    [[{ origin, certFile: "/nowhere/cert.pem", keyFile }], "/nowhere/cert.pem", "ENOENT"],
    [[{ origin, certFile, keyFile: "/nowhere/key.pem" }], "/nowhere/key.pem", "ENOENT"],
    [[{ origin, certFile, keyFile: otherKey }], certFile, otherKey, "does not match"],
    [[{ origin, certFile: keyFile, keyFile: certFile }], certFile, keyFile],
    [[{ origin, certFile, keyFile: pkcs8 }], pkcs8, "encrypted"],
    [[{ origin, certFile, keyFile: old }], old, "encrypted"],
    [[{ origin: "http://mcp.acme.example", certFile, keyFile }], "https://host"],
    [[{ origin: `${origin}/mcp`, certFile, keyFile }], "https://host", "/mcp"],
    [[{ origin, certFile, keyFile }, { origin: "https://MCP.acme.example:443/", certFile, keyFile }], "https://mcp.acme.example:443"],
  ] as const) {
    assert.throws(
      () => new NodeHttp({ clientCertificates: given as never }, {}),
      (e) => e instanceof HeadfastError && says.every((text) => e.message.includes(text)), says.join(),
    );
  }
});

test("each reason not to trust a certificate has its own words, and nothing is sent", async (t) => {
  const [caFile] = inFiles(t, ca.cert) as [string];
  for (const [pair, says] of [
    [ca.sign([HOST], -100, -1), /has expired; is this machine's clock right\? It says 2/],
    [ca.sign([HOST], 100, 200), /not valid yet; is this machine's clock right/],
    [ca.sign(["mcp.acme.example"]), /^the certificate is for mcp\.acme\.example, not for 127\.0\.0\.1$/],
    [ca.sign(["a.example", "b.example", "c.example", "d.example", "e.example"]), /d\.example, others, not for/],
    [authority().sign([HOST]), /unknown authority/],
  ] as [Pair, RegExp][]) {
    const { url } = await serveTLS(t, pair, unwanted);
    const driver = new NodeHttp({ caFiles: [caFile] }, {});
    t.after(() => driver.close());
    const { failure } = await exchange(driver, { url, method: "POST" });
    assert.deepEqual([failure?.kind, failure?.sent], ["tls", false], failure?.detail);
    assert.match(failure?.detail ?? "", says);
  }
});

test("whether the server may have seen the request, by where the exchange broke", async (t) => {
  const driver = new NodeHttp({}, {});
  t.after(() => driver.close());
  const reset = await listen(t, (socket) => socket.once("data", () => socket.resetAndDestroy()));
  const partly = await listen(t, (socket) => socket.once("data", () => socket.pause() && setTimeout(() => socket.resetAndDestroy(), 20)));
  for (const [url, size, kind, sent] of [
    [`http://${HOST}:${reset}`, 10, "reset", true],
    [`http://${HOST}:${partly}`, 64 << 20, "reset", true],
    [`https://${HOST}:${reset}`, 10, "connect", false],
  ] as const) {
    const { failure } = await exchange(driver, { url, method: "POST", body: new Uint8Array(size) });
    assert.deepEqual([failure?.kind, failure?.sent], [kind, sent], failure?.detail);
  }
});

test("a POST is not repeated when a connection that was kept breaks", async (t) => {
  let posts = 0;
  const port = await listen(t, (socket) => socket.on("data", () => {
    if (++posts === 1) socket.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
    else socket.destroy();
  }));
  const driver = new NodeHttp({}, {});
  t.after(() => driver.close());
  const post = { url: `http://${HOST}:${port}`, method: "POST", body: new Uint8Array(2) };
  assert.equal((await exchange(driver, post)).failure, undefined);
  const { failure } = await exchange(driver, post);
  assert.deepEqual([failure?.kind, failure?.sent, posts], ["reset", true, 2]);
});
