import assert from "node:assert/strict";
import { test } from "node:test";
import { HostError } from "../src/host-error.js";
import type { Effect } from "../src/msg.gen.js";
import type { Arrived, PageRequest, RedirectListener, RedirectRequest, SignInHost } from "../src/signin-host.js";
import { CoreRig } from "./core-rig.js";
import { turns } from "./fake.js";

const PAGE = "https://as.test/authorize?state=1";
const open = (id: number, url = PAGE, code = ""): Effect => ({ open: { id, session: 1, server: "rig", url, code, await: 7 } });
const wait = (id: number, uri = "", path = "/cb"): Effect => ({ await: { id, session: 1, server: "rig", uri, path } });
const reply = (id: number, visit: number, status: number): Effect => ({ reply: { id, visit, status } });
const abort = (id: number): Effect => ({ abort: { id } });

/** ManualHost remembers what it was asked, and answers when the test says so. */
class ManualHost implements SignInHost {
  readonly pages: PageRequest[] = [];
  readonly redirects: RedirectRequest[] = [];
  arrived: Arrived = () => Promise.reject(new Error("not yet"));
  signal = AbortSignal.abort();
  opened: Promise<void> = Promise.resolve();
  listener: Promise<RedirectListener> = Promise.resolve({ uri: "http://127.0.0.1:4711/cb" });
  open(page: PageRequest): Promise<void> {
    this.pages.push(page);
    return this.opened;
  }
  await(redirect: RedirectRequest, arrived: Arrived, signal: AbortSignal): Promise<RedirectListener> {
    this.redirects.push(redirect);
    this.arrived = arrived;
    this.signal = signal;
    return this.listener;
  }
}

test("without a host, pages and redirects are unsupported", async () => {
  const rig = new CoreRig();
  await rig.tell(open(1), wait(2), reply(2, 1, 200));
  assert.deepEqual(rig.of("visited").map((v) => [v.id, v.failure?.kind]), [[1, "unsupported"]]);
  assert.deepEqual(rig.of("end").map((e) => [e.id, e.failure?.kind]), [[2, "unsupported"]]);
});

test("a page is opened with all that the person must see, and answered once", async () => {
  const signIn = new ManualHost();
  const rig = new CoreRig(undefined, { signIn });
  await rig.tell(open(1, PAGE, "WDJB-MJHT"));
  assert.deepEqual(signIn.pages, [{ server: "rig", url: PAGE, code: "WDJB-MJHT", redirect: 7 }]);
  for (const failed of [new Error("no browser"), new HostError("unsupported", "no window")]) {
    signIn.opened = Promise.reject(failed);
    await rig.tell(open(2));
  }
  assert.deepEqual(rig.of("visited").map((v) => [v.id, v.failure?.kind, v.failure?.detail]), [
    [1, undefined, undefined], [2, "open", "no browser"], [2, "unsupported", "no window"],
  ]);
});

test("what is no page is never opened", async () => {
  const signIn = new ManualHost();
  const rig = new CoreRig(undefined, { signIn });
  const urls = [
    "a:$(cmd.exe /c calc)", "file:///c:/windows/system32/calc.exe", "ms-msdt:/id", "vscode://x", "--upload-pack=evil",
    "\\\\host\\share", "http://127.0.0.1.evil.com/", "javascript:alert(1)", "data:text/html,x", "http://as.test/", "",
    "https://user@as.test/", "https://as.test/?a=`id`", "https://as.test/#'x'",
  ];
  await rig.tell(...urls.map((url, i) => open(i + 1, url)));
  assert.equal(signIn.pages.length, 0);
  assert.deepEqual(rig.of("visited").map((v) => v.failure?.kind), urls.map(() => "open"));
  await rig.tell(open(90, "https://as.test/x?a=$(calc)&b=\" \té"), open(91, "http://127.0.0.1:1/x"), open(92, "http://[::1]:1/x"));
  assert.deepEqual(signIn.pages.map((p) => p.url), ["https://as.test/x?a=$(calc)&b=%22%20%C3%A9", "http://127.0.0.1:1/x", "http://[::1]:1/x"]);
});

test("a redirect: listening is told first, each visit gets its own reply, an abort ends it", async () => {
  const signIn = new ManualHost();
  const rig = new CoreRig(undefined, { signIn });
  await rig.tell(wait(7, "http://127.0.0.1:0/x", "/cb/as"));
  assert.deepEqual(signIn.redirects, [{ id: 7, server: "rig", uri: "http://127.0.0.1:0/x", path: "/cb/as" }]);
  assert.deepEqual(rig.of("awaiting"), [{ id: 7, uri: "http://127.0.0.1:4711/cb" }]);
  const first = signIn.arrived("http://127.0.0.1:4711/cb?state=wrong");
  const second = signIn.arrived("http://127.0.0.1:4711/cb?state=right");
  await turns();
  assert.deepEqual(rig.of("arrived").map((a) => [a.id, a.url.split("?")[1], a.visit]), [[7, "state=wrong", 1], [7, "state=right", 2]]);
  await rig.tell(reply(7, 2, 200), reply(7, 1, 400), reply(7, 1, 200), reply(7, 3, 200), reply(99, 1, 200), abort(7));
  assert.deepEqual([await first, await second], [400, 200]);
  assert.equal(signIn.signal.aborted, true);
  assert.deepEqual(rig.of("end").map((e) => [e.id, e.failure?.kind]), [[7, "aborted"]]);
  assert.equal(await signIn.arrived("http://127.0.0.1:4711/cb?late"), 400);
  await turns();
  assert.deepEqual([rig.of("arrived").length, rig.of("end").length], [2, 1]);
});

test("a redirect that cannot be received, or no longer, is one end", async () => {
  for (const [listener, detail] of [
    [async () => { throw new Error("port taken"); }, "port taken"],
    [async () => ({ uri: "u", closed: Promise.resolve() }), "it receives nothing any more"],
    [async () => ({ uri: "u", closed: Promise.reject(new Error("closed by the person")) }), "closed by the person"],
  ] as [() => Promise<RedirectListener>, string][]) {
    const signIn = Object.assign(new ManualHost(), { await: listener });
    const rig = new CoreRig(undefined, { signIn });
    await rig.tell(wait(7));
    await rig.tell(abort(7));
    assert.deepEqual(rig.of("end").map((e) => [e.id, e.failure]), [[7, { kind: "listen", detail, sent: false }]]);
  }
  const broken: SignInHost = { open: () => { throw new Error("sync"); }, await: () => { throw new Error("sync"); } };
  const rig = new CoreRig(undefined, { signIn: broken });
  await rig.tell(wait(7), open(8));
  assert.deepEqual([rig.of("end")[0]?.failure?.kind, rig.of("visited")[0]?.failure?.kind], ["listen", "open"]);
});

test("nobody can come before the URI is told, and a listener that comes too late is not told", async () => {
  let ready: (listener: RedirectListener) => void = () => undefined;
  const signIn = Object.assign(new ManualHost(), { listener: new Promise<RedirectListener>((resolve) => { ready = resolve; }) });
  const rig = new CoreRig(undefined, { signIn });
  await rig.tell(wait(7));
  assert.equal(await signIn.arrived("http://127.0.0.1:4711/cb"), 400);
  await rig.tell(abort(7));
  ready({ uri: "late", closed: Promise.reject(new Error("it was given up")) });
  await turns();
  assert.deepEqual([rig.of("arrived").length, rig.of("awaiting").length, rig.of("end").length], [0, 0, 1]);
});

test("the end of the core answers all, and has the listener go away", async () => {
  const signIn = Object.assign(new ManualHost(), { opened: new Promise<void>(() => undefined) });
  const rig = new CoreRig(undefined, { signIn });
  await rig.tell(wait(7), open(8));
  const visit = signIn.arrived("http://127.0.0.1:4711/cb");
  await rig.core.close();
  assert.deepEqual(rig.of("end").map((e) => [e.id, e.failure?.kind]), [[7, "aborted"]]);
  assert.deepEqual(rig.of("visited").map((v) => [v.id, v.failure?.kind]), [[8, "aborted"]]);
  assert.deepEqual([await visit, signIn.signal.aborted], [400, true]);
  const other = new ManualHost();
  const dead = new CoreRig(({ cancel }) => { if (cancel?.id === 9) throw new Error("panic"); return []; }, { signIn: other });
  await dead.tell(wait(7));
  dead.core["driver"].push({ cancel: { id: 9, reason: "" } });
  await turns();
  assert.deepEqual([dead.core.ended !== undefined, other.signal.aborted], [true, true]);
});

test("a connect says that a person can sign in where there is a host, unless it must not", async () => {
  const said = async (host: SignInHost | undefined, signIn?: boolean): Promise<boolean | undefined> => {
    const rig = new CoreRig(undefined, { signIn: host });
    await rig.core.connect(7, "s", { signIn });
    return rig.of("connect")[0]?.signIn;
  };
  const host = new ManualHost();
  assert.deepEqual([await said(host), await said(host, true), await said(host, false)], [true, true, false]);
  assert.deepEqual([await said(undefined), await said(undefined, true)], [false, false]);
});
