import assert from "node:assert/strict";
import { test } from "node:test";
import { MemoryAccounts } from "../src/account-store.js";
import { Driver } from "../src/driver.js";
import type { Env } from "../src/driver.js";
import { HeadfastError } from "../src/errors.js";
import type { HttpDriver, HttpSignal, HttpSink } from "../src/http.js";
import { Instance } from "../src/instance.js";
import type { Batch, Input } from "../src/msg.gen.js";
import { WebSigner } from "../src/web-signer.js";
import { FakeCore, http, turns } from "./fake.js";
import type { Answer } from "./fake.js";

class ManualHttp implements HttpDriver {
  readonly sinks: HttpSink[] = [];
  readonly signals: HttpSignal[] = [];
  closed = 0;
  send(_: unknown, sink: HttpSink, signal: HttpSignal): void {
    this.sinks.push(sink);
    this.signals.push(signal);
  }
  close(): void {
    this.closed++;
  }
}

interface Rig {
  fake: FakeCore;
  driver: Driver;
  http: ManualHttp;
  ends: HeadfastError[];
}

function rig(answer: (batch: Batch, n: number) => Answer, env: Env = () => undefined): Rig {
  const fake = new FakeCore(answer);
  const manual = new ManualHttp();
  const ends: HeadfastError[] = [];
  const driver = new Driver(new Instance(fake), {
    http: manual, env, accounts: new MemoryAccounts(), trust: new MemoryAccounts(), signer: new WebSigner(),
    onEffect: () => undefined, onEnd: (why) => ends.push(why),
  });
  driver.greet({ name: "n", title: "t", clientVersion: "1", trace: false, record: false, clientDocument: "" });
  return { fake, driver, http: manual, ends };
}

const close = (id: number): Input => ({ close: { id, session: 1 } });

test("the greeting has version, schema and 32 bytes of entropy", () => {
  const begin = rig(() => ({})).fake.batches[0]?.inputs[0]?.begin;
  assert.equal(begin?.entropy.length, 32);
  assert.ok(begin?.entropy.some((b) => b !== 0));
});

test("what is pushed in one turn is one batch, in order", async () => {
  const { fake, driver } = rig(() => ({}));
  for (const id of [1, 2, 3]) driver.push(close(id));
  assert.equal(fake.batches.length, 1, "never inside push");
  await turns();
  assert.deepEqual(fake.batches[1]?.inputs.map((i) => i.close?.id), [1, 2, 3]);
  assert.equal(fake.batches.length, 2);
});

test("a long queue is cut into batches and all of it arrives", async () => {
  const { fake, driver } = rig(() => ({}));
  for (let id = 1; id <= 10_000; id++) driver.push(close(id));
  await turns();
  assert.deepEqual(fake.inputs.map((i) => i.close?.id), Array.from({ length: 10_000 }, (_, i) => i + 1));
  assert.ok(fake.batches.every((b) => b.inputs.length <= 4096));
});

test("time is monotonic, in nanoseconds, and never 0", async () => {
  const { fake, driver } = rig(() => ({}));
  await turns(20);
  driver.push(close(1));
  await turns();
  const [first, second] = fake.batches as [Batch, Batch];
  assert.ok(first.now > 0);
  assert.ok(second.now - first.now > 15e6 && second.now - first.now < 5e9);
  assert.ok(Math.abs(second.wall - Date.now()) < 5_000);
});

test("Get env is answered once: found, not found, rejected, another store", async () => {
  const names = ["sync", "later", "missing", "broken"];
  const env: Env = (name) => {
    if (name === "later") return Promise.resolve("L");
    if (name === "broken") return Promise.reject(new Error("no"));
    return name === "sync" ? "S" : undefined;
  };
  const effects = names.map((key, i) => ({ get: { id: i + 1, store: "env", key } }));
  const other = { get: { id: 9, store: "cookie-jar", key: "sync" } };
  const { fake } = rig((_, n) => (n === 0 ? { effects: [...effects, other] } : {}), env);
  await turns();
  const stored = fake.inputs.map((i) => i.stored).sort((a, b) => (a?.id ?? 0) - (b?.id ?? 0));
  assert.deepEqual(stored.map((s) => [s?.id, s?.found, s?.value, s?.failure]), [
    [1, true, "S", undefined], [2, true, "L", undefined],
    [3, false, "", undefined], [4, false, "", undefined], [9, false, "", undefined],
  ]);
});

test("an exchange ends once, whatever the HTTP driver says", async () => {
  const { fake, http: manual } = rig((_, n) => (n === 0 ? { effects: [http(7)] } : {}));
  const sink = manual.sinks[0] as HttpSink;
  sink.head(200, []);
  sink.body(new Uint8Array([1]));
  sink.end();
  sink.end({ kind: "reset", detail: "", sent: true });
  sink.body(new Uint8Array([2]));
  sink.head(500, []);
  await turns();
  assert.equal(fake.batches.length, 2, "head, body and end in one step");
  assert.deepEqual(fake.inputs.map((i) => Object.keys(i).find((k) => i[k as keyof Input] !== undefined)), ["head", "body", "end"]);
  assert.equal(fake.inputs[2]?.end?.failure, undefined);
});

test("a body is cut into pieces that the schema takes", async () => {
  const { fake, http: manual } = rig((_, n) => (n === 0 ? { effects: [http(7)] } : {}));
  manual.sinks[0]?.body(new Uint8Array(150_000));
  await turns();
  assert.deepEqual(fake.inputs.map((i) => i.body?.data.length), [65_536, 65_536, 18_928]);
});

test("abort signals and ends, even if the HTTP driver is silent", async () => {
  const { fake, driver, http: manual } = rig((b, n) => {
    if (n === 0) return { effects: [http(7)] };
    return b.inputs[0]?.close !== undefined ? { effects: [{ abort: { id: 7 } }, { abort: { id: 99 } }] } : {};
  });
  driver.push(close(1));
  await turns();
  assert.equal(manual.signals[0]?.aborted, true);
  const ends = fake.inputs.filter((i) => i.end !== undefined);
  assert.deepEqual(ends.map((i) => i.end?.failure), [{ kind: "aborted", detail: "aborted", sent: true }]);
});

test("an HTTP driver that throws is a failed exchange", async () => {
  const { fake, driver, http: manual } = rig((b) => (b.inputs[0]?.close !== undefined ? { effects: [http(7)] } : {}));
  manual.send = () => {
    throw new TypeError("Invalid URL");
  };
  driver.push(close(1));
  await turns();
  assert.deepEqual(fake.inputs[1]?.end, { id: 7, failure: { kind: "connect", detail: "Invalid URL", sent: false } });
});

test("close ends every exchange, in a step that the core sees, and gives the HTTP driver back", async () => {
  const late = http(9);
  const { fake, driver, http: manual, ends } = rig((b, n) => {
    if (n === 0) return { effects: [http(7), http(8)], deadline: b.now + 1e6 };
    return { effects: [late] };
  });
  driver.close();
  driver.close();
  assert.deepEqual(fake.inputs.map((i) => [i.end?.id, i.end?.failure?.kind]), [[7, "aborted"], [8, "aborted"]]);
  assert.equal(manual.sinks.length, 2, "nothing is started after close");
  assert.equal(manual.closed, 1);
  assert.equal(ends.length, 1);
  await turns(10);
  assert.equal(fake.batches.length, 2, "no step after close");
});

test("the deadline is one timer: it is moved, and 0 takes it away", async () => {
  const { fake, driver } = rig((b, n) => ({ deadline: n === 0 ? b.now + 500e6 : n === 1 ? b.now + 30e6 : 0 }));
  driver.push(close(1));
  await turns(15);
  assert.equal(fake.batches.length, 2);
  await turns(60);
  assert.equal(fake.batches.length, 3);
  const [, second, third] = fake.batches as [Batch, Batch, Batch];
  assert.ok(third.now >= second.now + 30e6, "not early");
  assert.equal(third.inputs.length, 0);
  await turns(40);
  assert.equal(fake.batches.length, 3);
  driver.close();
});

test("an effect of a newer core is refused if it has an id, and otherwise ignored", async () => {
  const later = (body: string): Uint8Array => Buffer.from(
    "83a568656c6c6f" + hello() + "a8646561646c696e6500a266789181a56c61746572" + body, "hex");
  for (const [body, ids] of [["81a2696405", [5]], ["c3", []]] as const) {
    const { fake } = rig((_, n) => (n === 0 ? later(body) : {}));
    await turns();
    assert.deepEqual(fake.inputs.map((i) => i.end?.id), ids);
    for (const i of fake.inputs) assert.equal(i.end?.failure?.kind, "unsupported");
  }
});

function hello(): string {
  const fake = new FakeCore(() => ({}));
  const bytes = new Instance(fake).step(Buffer.from("83a36e6f7700a477616c6c00a2696e90", "hex"));
  const text = Buffer.from(bytes).toString("hex");
  return text.slice("83a568656c6c6f".length, text.indexOf("a8646561646c696e65"));
}

test("an error output is fatal: the inputs of that batch are lost", async () => {
  const error = {
    code: "HF900", party: "host", severity: "error", title: "malformed", body: "", hint: "", server: "", url: "",
    status: 0, where: { file: "", line: 0, column: 0 }, rpcCode: 0, rpcData: new Uint8Array(0),
  };
  const { driver, ends, http: manual } = rig((_, n) => (n === 0 ? { effects: [http(1)] } : { error }));
  driver.push(close(1));
  await turns();
  assert.deepEqual(ends.map((e) => e.title), ["malformed"]);
  assert.equal(manual.signals[0]?.aborted, true);
  assert.equal(manual.closed, 1);
});
