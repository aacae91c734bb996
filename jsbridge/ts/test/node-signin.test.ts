import assert from "node:assert/strict";
import { request } from "node:http";
import type { IncomingHttpHeaders } from "node:http";
import { Server, connect, createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { test } from "node:test";
import type { TestContext } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { LoopbackSignIn } from "../src/node-signin.js";
import { redirectPage } from "../src/redirect-page.js";
import type { Arrived, RedirectListener } from "../src/signin-host.js";
import { CoreRig } from "./core-rig.js";
import { listen } from "./http-rig.js";

interface Page {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}

interface Visit {
  method?: string;
  /** Connects here, whatever the URI says. */
  address?: string;
  headers?: string[];
}

/** visit sends one request for a target, with the Host of the URI unless other headers are given. */
function visit(uri: string, target: string, { method = "GET", address, headers }: Visit = {}): Promise<Page> {
  const { hostname, port, host } = new URL(uri);
  const to = (address ?? hostname).replace(/^\[|\]$/g, "");
  return new Promise((resolve, reject) => {
    const sent = request({ host: to, port, path: target, method, headers: (headers ?? ["Host", host]) as never, agent: false }, (response) => {
      let body = "";
      response.setEncoding("utf8").on("data", (part: string) => (body += part));
      response.on("end", () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
    });
    sent.on("error", reject);
    sent.end();
  });
}

/** waits has a redirect awaited until the test ends, and answers what comes with the statuses in turn. */
async function waits(t: TestContext, { uri = "", path = "/cb/1", server = "rig", statuses = [200] } = {}): Promise<Waiting> {
  const controller = new AbortController();
  t.after(() => controller.abort());
  const came: string[] = [];
  const arrived: Arrived = async (url) => {
    came.push(url);
    return statuses.shift() ?? 409;
  };
  const listener = await new LoopbackSignIn().await({ id: 1, server, uri, path }, arrived, controller.signal);
  return { ...listener, came, end: () => controller.abort() };
}

interface Waiting extends RedirectListener {
  came: string[];
  end(): void;
}

function refused(host: string, port: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(Number(port), host, () => {
      socket.destroy();
      resolve("connected");
    });
    socket.on("error", (e: NodeJS.ErrnoException) => resolve(e.code ?? ""));
  });
}

test("the redirect reaches the core whole, and the person sees the page that its status chooses", async (t) => {
  const { uri, came } = await waits(t, { statuses: [400, 200, 409] });
  assert.match(uri, /^http:\/\/127\.0\.0\.1:\d+\/cb\/1$/);
  const pages = [];
  for (const state of ["wrong", "right", "right"]) pages.push(await visit(uri, `/cb/1?code=c%20d&state=${state}`));
  assert.deepEqual(came, ["wrong", "right", "right"].map((state) => `${uri}?code=c%20d&state=${state}`));
  assert.deepEqual(pages.map((page) => page.status), [400, 200, 409]);
  assert.deepEqual(pages.map((page) => page.body), [400, 200, 409].map((status) => redirectPage(status, "rig")));
  assert.equal(new Set(pages.map((page) => page.body)).size, 3);
});

test("the page is the same whatever the request has, and its headers keep it from doing anything", async (t) => {
  const { uri } = await waits(t, { statuses: [200, 200] });
  const plain = await visit(uri, "/cb/1?state=1");
  const hostile = await visit(uri, "/cb/1?state=OK&error=%3Cscript%3Ealert(1)%3C/script%3E&error_description=\"><img/onerror=alert(1)>");
  const odd = await visit(uri, "/%3Cscript%3E", { headers: ["Host", new URL(uri).host, "Referer", "<script>"] });
  assert.equal(hostile.body, plain.body);
  for (const { headers, body } of [plain, hostile, odd]) {
    assert.doesNotMatch(body, /script|onerror/);
    assert.match(String(headers["content-security-policy"]), /^default-src 'none';/);
    assert.deepEqual(
      [headers["x-content-type-options"], headers["referrer-policy"], headers["cache-control"], headers["content-type"]],
      ["nosniff", "no-referrer", "no-store", "text/html; charset=utf-8"],
    );
    assert.deepEqual(Object.keys(headers).filter((name) => /cookie|location|access-control/.test(name)), []);
  }
});

test("the server's name is text on the page, whatever is in it", () => {
  for (const status of [200, 400, 409]) {
    const page = redirectPage(status, "<script>\"&'</script>\u202etxt.exe\0");
    assert.ok(page.includes("<strong>&#60;script&#62;&#34;&#38;&#39;&#60;/script&#62;\ufffdtxt.exe\ufffd</strong>"), page);
  }
  assert.equal(redirectPage(302, "a"), redirectPage(400, "a"));
});

test("what is not the redirect never reaches the core", async (t) => {
  const { uri, came } = await waits(t);
  const { host, port } = new URL(uri);
  for (const method of ["POST", "HEAD", "OPTIONS", "PUT", "DELETE", "TRACE", "PROPFIND"]) {
    assert.equal((await visit(uri, "/cb/1?state=1", { method })).status, 405, method);
  }
  for (const target of ["/", "/cb", "/cb/1/", "/cb/2?state=1", "/CB/1", "//cb/1", "/cb/%31", "/cb/../cb/1", `http://${host}/cb/1?state=1`, "*"]) {
    assert.equal((await visit(uri, target)).status, 404, target);
  }
  for (const headers of [
    ["Host", "evil.com"], ["Host", `evil.com:${port}`], ["Host", `127.0.0.1.evil.com:${port}`], ["Host", "127.0.0.1"], ["Host", `localhost:${port}`],
    ["Host", `localhost.:${port}`], ["Host", "127.0.0.1:1"], ["Host", `[::1]:${port}`], ["Host", host, "Host", host], ["Host", host, "host", "evil.com"],
  ]) assert.equal((await visit(uri, "/cb/1?state=1", { headers })).status, 421, headers.join());
  assert.equal((await visit(uri, "/cb/1?a=#b")).status, 400);
  assert.deepEqual(came, []);
  assert.equal((await visit(uri, "/cb/1?state=1")).status, 200, "and the redirect still can");
});

test("what is no HTTP, or has no Host, is refused", async (t) => {
  const { uri, came } = await waits(t);
  for (const text of ["GET /cb/1?state=1 HTTP/1.1\r\n\r\n", "GET /cb/1?state=1 HTTP/1.0\r\n\r\n", "nonsense\r\n\r\n", `CONNECT ${new URL(uri).host} HTTP/1.1\r\n\r\n`]) {
    const got = await new Promise<string>((resolve) => {
      let bytes = "";
      const socket = connect(Number(new URL(uri).port), "127.0.0.1", () => socket.write(text));
      socket.on("data", (part) => (bytes += part.toString())).on("close", () => resolve(bytes)).on("error", () => undefined);
    });
    assert.match(got, /^(HTTP\/1\.1 4\d\d |$)/, text);
  }
  assert.deepEqual(came, []);
});

test("it listens on both addresses of this machine and no other, and no longer than the sign-in", async (t) => {
  for (const host of ["127.0.0.1", "[::1]", "localhost"]) {
    const { uri, came, end, closed } = await waits(t, { uri: `http://${host}:0/x/y`, statuses: [200, 200] });
    const { port } = new URL(uri);
    assert.equal(uri, `http://${host}:${port}/x/y`);
    for (const address of ["127.0.0.1", "::1"]) assert.equal((await visit(uri, "/x/y?a=1", { address })).status, 200, `${uri} at ${address}`);
    assert.deepEqual(came, [`${uri}?a=1`, `${uri}?a=1`]);
    assert.equal(await refused("127.0.0.2", port), "ECONNREFUSED");
    end();
    await closed;
    for (const address of ["127.0.0.1", "::1"]) assert.equal(await refused(address, port), "ECONNREFUSED");
  }
});

test("a URI of the configuration is kept as it is written, and its port taken or not received at all", async (t) => {
  const port = await listen(t, (socket) => socket.destroy(), "::1");
  await assert.rejects(waits(t, { uri: `http://localhost:${port}/cb` }), { code: "EADDRINUSE" });
  assert.equal(await refused("127.0.0.1", String(port)), "ECONNREFUSED", "the other address is given back");
  const free = await listen(t, (socket) => socket.destroy());
  await assert.rejects(waits(t, { uri: `http://127.0.0.1:${free}/cb` }), { code: "EADDRINUSE" });
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, "127.0.0.1", resolve));
  const wanted = (probe.address() as AddressInfo).port;
  await new Promise((resolve) => probe.close(resolve));
  const { uri } = await waits(t, { uri: `http://LOCALHOST:${wanted}/a b` });
  assert.equal(uri, `http://LOCALHOST:${wanted}/a b`);
  assert.equal((await visit(`http://localhost:${wanted}`, "/a%20b?state=1")).status, 200);
});

test("a URI that is elsewhere is not received", async (t) => {
  for (const uri of [
    "https://127.0.0.1:0/cb", "http://0.0.0.0:0/cb", "http://[::]:0/cb", "http://127.0.0.2:0/cb", "http://evil.com/cb", "http://localhost.evil.com:0/",
    "http://user@127.0.0.1:0/cb", "http://127.0.0.1:0/cb#x", "myapp://cb", "nonsense",
  ]) await assert.rejects(waits(t, { uri }), { kind: "listen" }, uri);
  const { uri } = await waits(t, { path: "//evil.com/x" });
  assert.match(uri, /^http:\/\/127\.0\.0\.1:\d+\/\/evil\.com\/x$/);
});

/** onIPv6 has every listening on ::1 fail with a code, so often. It returns what ends that. */
function onIPv6(t: TestContext, code: string, times = Infinity): () => void {
  const { listen: real } = Server.prototype;
  const { mock } = t.mock.method(Server.prototype, "listen", function (this: Server, options: { host: string }, done: () => void) {
    if (options.host !== "::1" || times-- <= 0) return real.call(this, options, done);
    process.nextTick(() => this.emit("error", Object.assign(new Error(code), { code })));
    return this;
  });
  return () => mock.restore();
}

test("a machine without IPv6 has one address, and a URI on the other is not received", async (t) => {
  for (const code of ["EADDRNOTAVAIL", "EAFNOSUPPORT"]) {
    const restore = onIPv6(t, code);
    const { uri } = await waits(t);
    assert.equal((await visit(uri, "/cb/1")).status, 200);
    await assert.rejects(waits(t, { uri: "http://[::1]:0/cb" }), { kind: "listen", message: "this machine has no IPv6" });
    restore();
  }
});

test("a port that somebody has on the other address is not used", async (t) => {
  const restore = onIPv6(t, "EADDRINUSE", 3);
  const { uri } = await waits(t);
  assert.equal((await visit(uri, "/cb/1", { address: "::1" })).status, 200);
  restore();
  onIPv6(t, "EADDRINUSE");
  await assert.rejects(waits(t), { code: "EADDRINUSE" });
});

test("what was given up while the listener began has none", async () => {
  const controller = new AbortController();
  const waiting = new LoopbackSignIn().await({ id: 1, server: "s", uri: "", path: "/" }, async () => 200, controller.signal);
  controller.abort("enough");
  await assert.rejects(waiting, (reason) => reason === "enough");
  await pause(10);
  assert.ok(!process.getActiveResourcesInfo().includes("TCPServerWrap"));
});

test("through the driver: a wrong state, the right one and a replay, and the last page comes though the flow is over", async (t) => {
  const rig = new CoreRig(({ arrived }) => {
    if (arrived === undefined) return [];
    const state = new URL(arrived.url).searchParams.get("state");
    const status = state !== "right" ? 400 : arrived.visit > 2 ? 409 : 200;
    const over = state === "last" ? [{ abort: { id: 7 } }] : [];
    return [{ reply: { id: 7, visit: arrived.visit, status } }, ...over];
  }, { signIn: new LoopbackSignIn() });
  t.after(() => rig.core.close());
  await rig.tell({ await: { id: 7, session: 1, server: "rig", uri: "", path: "/cb" } });
  while (rig.of("awaiting").length === 0) await pause(5);
  const uri = rig.of("awaiting")[0]?.uri ?? "";
  const statuses = [];
  for (const state of ["wrong", "right", "right", "last"]) statuses.push((await visit(uri, `/cb?code=1&state=${state}`)).status);
  assert.deepEqual(statuses, [400, 200, 409, 400]);
  assert.deepEqual(rig.of("arrived").map((a) => a.url), ["wrong", "right", "right", "last"].map((state) => `${uri}?code=1&state=${state}`));
  assert.deepEqual(rig.of("end").map((e) => [e.id, e.failure?.kind]), [[7, "aborted"]]);
  assert.equal(await refused("127.0.0.1", new URL(uri).port), "ECONNREFUSED");
});

test("a page is opened by whoever the caller gives, which gets its code; a code needs one", async () => {
  const seen: unknown[] = [];
  const page = { server: "rig", url: "https://as.test/é", code: "ABCD", redirect: 0 };
  await new LoopbackSignIn({ open: (url, { code }) => void seen.push(url, code) }).open(page);
  assert.deepEqual(seen, ["https://as.test/%C3%A9", "ABCD"]);
  await assert.rejects(new LoopbackSignIn().open(page), { kind: "open" });
  const never = new LoopbackSignIn({ open: () => assert.fail("it is opened") });
  for (const url of ["http://as.test/", "file:///etc", "javascript:x", "x"]) await assert.rejects(never.open({ ...page, url }), RangeError);
});
