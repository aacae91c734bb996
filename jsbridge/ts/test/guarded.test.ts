import assert from "node:assert/strict";
import dns from "node:dns";
import type { LookupAddress } from "node:dns";
import type { LookupFunction } from "node:net";
import { test } from "node:test";
import type { TestContext } from "node:test";
import { NodeHttp } from "../src/http-node.js";
import type { HTTP } from "../src/msg.gen.js";
import { Homes, isPrivate, publicLookup } from "../src/private-address.js";
import { authority, inFiles } from "./certificates.js";
import { exchange, listen, serve, serveTLS } from "./http-rig.js";

/** The edges of every range: inside, and just outside. */
const PRIVATE = [
  "0.0.0.0", "0.255.255.255", "10.0.0.1", "10.255.255.255", "100.64.0.0", "100.127.255.255", "127.0.0.1", "127.255.255.255", "169.254.0.0",
  "169.254.169.254", "169.254.255.255", "172.16.0.0", "172.31.255.255", "192.0.0.0", "192.0.0.255", "192.168.0.0", "192.168.255.255", "198.18.0.0",
  "198.19.255.255", "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255", "::", "::1", "fc00::", "fdff:ffff::1", "fe80::1", "fe80::1%eth0", "fc00::1%1",
  "febf::1", "::ffff:127.0.0.1", "::ffff:a9fe:a9fe", "::ffff:10.0.0.1", "::127.0.0.1", "::a00:1", "64:ff9b::a9fe:a9fe", "64:ff9b::10.0.0.1",
  "64:ff9b::7f00:1", "64:ff9b:1::1", "0:0:0:0:0:ffff:7f00:1",
];
const PUBLIC = [
  "1.0.0.0", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255", "128.0.0.0", "169.253.255.255", "169.255.0.0",
  "172.15.255.255", "172.32.0.0", "191.255.255.255", "192.0.1.0", "192.167.255.255", "192.169.0.0", "198.17.255.255", "198.20.0.0",
  "223.255.255.255", "8.8.8.8", "2001:4860:4860::8888", "fbff::1", "fe00::1", "fec0::1", "::ffff:8.8.8.8", "64:ff9b::8.8.8.8", "64:ff9b:2::1",
  "", "localhost", "example.com",
];

test("an address is private or not, in every form", () => {
  assert.deepEqual(PRIVATE.filter((address) => !isPrivate(address)), []);
  assert.deepEqual(PUBLIC.filter(isPrivate), []);
});

type Looked = (error: Error | null, all?: LookupAddress[]) => void;

/** names has every name looked up give what is set last: addresses, or a code. */
function names(t: TestContext): (...addresses: string[]) => void {
  let answer: (done: Looked) => void = (done) => done(new Error("nothing is set"));
  t.mock.method(dns, "lookup", (_: string, __: unknown, done: Looked) => answer(done));
  return (...addresses) => {
    const all = addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));
    answer = (done) => (addresses[0]?.startsWith("E") ? done(Object.assign(new Error("x"), { code: addresses[0] })) : done(null, all));
  };
}

function looked(all: boolean): Promise<unknown[]> {
  return new Promise((resolve) => publicLookup("s.test", { all }, (...answer: Parameters<Parameters<LookupFunction>[2]>) => resolve(answer)));
}

test("a lookup passes on public addresses, as they are asked for, and refuses a name with a private one among them", async (t) => {
  const give = names(t);
  give("192.0.2.1", "2001:db8::1");
  assert.deepEqual(await looked(true), [null, [{ address: "192.0.2.1", family: 4 }, { address: "2001:db8::1", family: 6 }]]);
  assert.deepEqual(await looked(false), [null, "192.0.2.1", 4]);
  for (const hidden of ["10.0.0.1", "::ffff:10.0.0.1", "fe80::1%eth0"]) {
    give("192.0.2.1", hidden);
    const [error] = await looked(true);
    assert.match(String(error), /s\.test, which is at a private address/);
  }
  give("ENOTFOUND");
  assert.equal(((await looked(true))[0] as NodeJS.ErrnoException).code, "ENOTFOUND");
});

interface Rig {
  asked: string[];
  port: string;
  send(effect: Partial<HTTP> & { url: string }): Promise<string>;
}

/** rig is a driver, and a server on this machine that notes who asks. */
async function rig(t: TestContext, driver = new NodeHttp({}, {})): Promise<Rig> {
  t.after(() => driver.close());
  const asked: string[] = [];
  const { url } = await serve(t, (request, response) => {
    asked.push(request.url ?? "");
    response.end("{}");
  });
  const send: Rig["send"] = async (effect) => {
    const { status, failure } = await exchange(driver, effect);
    if (failure === undefined) return String(status);
    return `${failure.kind}${failure.sent ? " sent" : ""}`;
  };
  return { asked, port: new URL(url).port, send };
}

test("a guarded request to an address of this machine or network is not sent, however it is written", async (t) => {
  const { asked, port, send } = await rig(t);
  for (const host of [
    "127.0.0.1", "127.1", "2130706433", "0x7f.1", "017700000001", "0", "[::1]", "[::]", "[::ffff:7f00:1]", "[::ffff:127.0.0.1]", "[64:ff9b::7f00:1]",
    "①②⑦.0.0.1", "127。0。0。1", "127.0.0.1.", "user@127.0.0.1", "x:y@127.1", "10.0.0.1", "169.254.169.254", "[::ffff:a9fe:a9fe]", "[fe80::1]", "[fc00::1]",
  ]) {
    for (const scheme of ["http", "https"]) assert.equal(await send({ url: `${scheme}://${host}:${port}/x`, guarded: true }), "private", host);
  }
  assert.deepEqual(asked, []);
});

test("a guarded request to a name that is one of this machine or network is not sent", async (t) => {
  const { asked, port, send } = await rig(t);
  for (const scheme of ["http", "https"]) assert.equal(await send({ url: `${scheme}://localhost:${port}/x`, guarded: true }), "private");
  names(t)("127.0.0.1");
  for (const scheme of ["http", "https"]) assert.equal(await send({ url: `${scheme}://rebind.test:${port}/x`, guarded: true }), "private");
  assert.deepEqual(asked, []);
  assert.equal(await send({ url: `http://rebind.test:${port}/x` }), "200", "one that the configuration names is");
});

test("a guarded request whose name has no address is a failure of names", async (t) => {
  const { send } = await rig(t);
  names(t)("ENOTFOUND");
  assert.equal(await send({ url: "https://none.test/", guarded: true }), "dns");
});

for (const host of ["127.0.0.1", "own.test"]) {
  test(`a session whose own server is at a private address may go to others: ${host}`, async (t) => {
    const { asked, port, send } = await rig(t);
    names(t)("127.0.0.1");
    const other = `http://other.test:${port}/as`;
    assert.equal(await send({ session: 5, url: other, guarded: true }), "private");
    assert.equal(await send({ session: 5, url: `http://${host}:${port}/mcp` }), "200");
    assert.equal(await send({ session: 5, url: other, guarded: true }), "200");
    assert.equal(await send({ session: 5, url: `http://127.0.0.1:${port}/as`, guarded: true }), "200");
    assert.equal(await send({ session: 6, url: other, guarded: true }), "private");
    assert.deepEqual(asked, ["/mcp", "/as", "/as"]);
  });
}

test("session 0 has no server of its own", async (t) => {
  const { port, send } = await rig(t);
  const url = `http://127.0.0.1:${port}/x`;
  assert.equal(await send({ session: 0, url }), "200");
  assert.equal(await send({ session: 0, url, guarded: true }), "private");
});

test("a guarded request takes no connection that another session has open", async (t) => {
  const { asked, port, send } = await rig(t);
  names(t)("127.0.0.1");
  const url = `http://own.test:${port}/x`;
  assert.equal(await send({ session: 5, url, method: "POST" }), "200");
  assert.equal(await send({ session: 6, url, method: "POST", guarded: true }), "private");
  assert.equal(asked.length, 1);
});

test("with TLS too: no connection is shared, and the session's own server counts", async (t) => {
  const root = authority();
  const { port } = await serveTLS(t, root.sign(["127.0.0.1", "own.test"]), (_, response) => response.end("{}"));
  const [ca = ""] = inFiles(t, root.cert);
  const { send } = await rig(t, new NodeHttp({ caFiles: [ca] }, {}));
  names(t)("127.0.0.1");
  const url = `https://own.test:${port}/x`;
  assert.equal(await send({ session: 5, url }), "200");
  assert.equal(await send({ session: 6, url, guarded: true }), "private");
  assert.equal(await send({ session: 5, url, guarded: true }), "200");
});

test("behind a proxy an address is refused, a name is the proxy's to look up, and the proxy may be at home", async (t) => {
  const lines: string[] = [];
  const proxy = await listen(t, (socket) => socket.once("data", (data) => {
    lines.push(data.toString().split("\r\n")[0] ?? "");
    socket.end("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}");
  }));
  const { send } = await rig(t, new NodeHttp({ proxy: `http://localhost:${proxy}` }, {}));
  assert.equal(await send({ url: "http://10.0.0.1/x", guarded: true }), "private");
  assert.equal(await send({ url: "http://as.test/x", guarded: true }), "200");
  assert.equal(await send({ url: "http://as.test/y" }), "200");
  assert.equal(await send({ url: "http://10.0.0.1/z", guarded: true }), "private", "to have been at the proxy is not to be at home");
  assert.equal(await send({ session: 5, url: "http://as.test/own" }), "200", "which says nothing of where it is");
  assert.equal(await send({ session: 5, url: "http://10.0.0.1/own" }), "200");
  assert.equal(await send({ session: 5, url: "http://10.0.0.1/as", guarded: true }), "200");
  assert.deepEqual(lines.map((line) => line.split(" ")[1]), ["http://as.test/x", "http://as.test/y", "http://as.test/own", "http://10.0.0.1/own", "http://10.0.0.1/as"]);
});

test("a session whose server was public first has no private one later, whatever its name comes to mean", () => {
  const homes = new Homes();
  homes.note(1, "192.0.2.1");
  homes.note(1, "127.0.0.1");
  homes.note(2, "127.0.0.1");
  homes.note(2, "192.0.2.1");
  homes.note(0, "127.0.0.1");
  assert.deepEqual([0, 1, 2, 3].map((id) => homes.isPrivate(id)), [false, false, true, false]);
  assert.deepEqual([0, 1, 2, 3].map((id) => homes.isKnown(id)), [false, true, true, false]);
});

test("a server that cannot show that the name is its own is nobody's", async (t) => {
  const root = authority();
  const { port } = await serveTLS(t, root.sign(["else.test"]), (_, response) => response.end("{}"));
  const [ca = ""] = inFiles(t, root.cert);
  const { send } = await rig(t, new NodeHttp({ caFiles: [ca] }, {}));
  names(t)("127.0.0.1");
  assert.equal(await send({ session: 5, url: `https://own.test:${port}/x` }), "tls");
  assert.equal(await send({ session: 5, url: `https://own.test:${port}/x`, guarded: true }), "private");
});

test("so many sessions are remembered, and the latest of them", () => {
  const homes = new Homes();
  for (let id = 0; id <= 10_001; id++) homes.note(id, "127.0.0.1");
  assert.deepEqual([1, 2, 10_001].map((id) => homes.isPrivate(id)), [false, true, true]);
});
