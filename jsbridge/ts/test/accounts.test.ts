import assert from "node:assert/strict";
import { test } from "node:test";
import { MemoryAccounts } from "../src/account-store.js";
import type { AccountStore } from "../src/account-store.js";
import { HostError } from "../src/host-error.js";
import type { Effect } from "../src/msg.gen.js";
import { QueueLocks } from "../src/locks.js";
import { WebLocks } from "../src/web-locks.js";
import { CoreRig, told } from "./core-rig.js";
import { turns } from "./fake.js";

const get = (id: number, key: string): Effect => ({ get: { id, store: "accounts", key } });
const put = (id: number, key: string, value: string): Effect => ({ put: { id, store: "accounts", key, value, delete: false } });
const remove = (id: number, key: string): Effect => ({ put: { id, store: "accounts", key, value: "", delete: true } });
const lock = (id: number, key: string): Effect => ({ lock: { id, key } });

const open = (): AbortSignal => new AbortController().signal;

/** settled says of a promise what it has come to by now. */
async function settled(promise: Promise<unknown>): Promise<string> {
  const pending = turns().then(() => "pending");
  return Promise.race([promise.then(() => "had", () => "rejected"), pending]);
}

test("an account is put, found, listed and deleted, in memory where there is no other store", async () => {
  const rig = new CoreRig();
  await rig.tell(get(1, "a"), get(2, ""));
  await rig.tell(put(3, "a", "secret"), put(4, "b", "x"));
  await rig.tell(get(5, "a"), get(6, ""));
  await rig.tell(remove(7, "a"), remove(8, "none"));
  await rig.tell(get(9, "a"), get(10, ""));
  assert.deepEqual(rig.of("stored").sort((a, b) => a.id - b.id).map(told), [
    [1, false, "", ""], [2, true, "", ""], [3, false, "", ""], [4, false, "", ""], [5, true, "secret", ""], [6, true, "a\nb", ""],
    [7, false, "", ""], [8, false, "", ""], [9, false, "", ""], [10, true, "b", ""],
  ]);
});

test("a store that does not work is a failure of its kind, whichever way it says so", async () => {
  const shut = (): never => { throw new HostError("locked", "the keychain is locked"); };
  const accounts: AccountStore = {
    get: () => Promise.reject(new Error("no")),
    put: shut, keys: shut,
    delete: () => Promise.reject(new Error("full")),
    lock: shut,
  };
  const rig = new CoreRig(undefined, { accounts });
  await rig.tell(get(1, "a"), get(2, ""), put(3, "a", "v"), remove(4, "a"), lock(5, "a"), { unlock: { id: 5 } });
  const stored = rig.of("stored").sort((a, b) => a.id - b.id);
  assert.deepEqual(stored.map((s) => [s.id, s.found, s.failure?.kind]), [
    [1, false, "store"], [2, false, "locked"], [3, false, "locked"], [4, false, "store"], [5, false, "locked"],
  ]);
  assert.deepEqual([stored[0]?.failure?.detail, stored[2]?.failure?.detail], ["no", "the keychain is locked"]);
});

test("null is nothing, as localStorage has it", async () => {
  const accounts = Object.assign(new MemoryAccounts(), { get: () => Promise.resolve(null) }) as unknown as AccountStore;
  const rig = new CoreRig(undefined, { accounts });
  await rig.tell(get(1, "a"));
  assert.deepEqual(rig.of("stored").map(told), [[1, false, "", ""]]);
});

test("a lock is answered when it is had: one at a time for each account", async () => {
  const rig = new CoreRig();
  await rig.tell(lock(1, "a"), lock(2, "a"), lock(3, "b"), lock(4, "a"));
  const answered = (): number[] => rig.of("stored").map((s) => s.id);
  assert.deepEqual(answered(), [1, 3]);
  await rig.tell({ unlock: { id: 1 } }, { unlock: { id: 1 } });
  assert.deepEqual(answered(), [1, 3, 2]);
  await rig.tell({ unlock: { id: 2 } });
  assert.deepEqual(answered(), [1, 3, 2, 4]);
  assert.ok(rig.of("stored").every((s) => s.failure === undefined));
});

test("a lock that is given up is answered once, and goes to the next", async () => {
  const rig = new CoreRig();
  await rig.tell(lock(1, "a"), lock(2, "a"), lock(3, "a"));
  await rig.tell({ abort: { id: 2 } });
  await rig.tell({ unlock: { id: 1 } });
  assert.deepEqual(rig.of("stored").map(told), [[1, false, "", ""], [2, false, "", "aborted"], [3, false, "", ""]]);
});

test("what is being kept cannot be given up: it is answered when it is, or is not", async () => {
  let finish: () => void = () => undefined;
  const accounts = Object.assign(new MemoryAccounts(), { put: () => new Promise<void>((resolve) => { finish = resolve; }) });
  const rig = new CoreRig(undefined, { accounts });
  await rig.tell(put(1, "a", "v"));
  await rig.tell({ abort: { id: 1 } });
  assert.deepEqual(rig.of("stored"), []);
  finish();
  await turns();
  assert.deepEqual(rig.of("stored").map(told), [[1, false, "", ""]]);
});

test("at the end a lock is given back when what is being kept is kept, or is not", async () => {
  for (const how of ["resolve", "reject"] as const) {
    let finish = { resolve: (): void => undefined, reject: (_: Error): void => undefined };
    const put = (): Promise<void> => new Promise((resolve, reject) => { finish = { resolve, reject }; });
    const accounts = Object.assign(new MemoryAccounts(), { put });
    const rig = new CoreRig(undefined, { accounts });
    await rig.tell(lock(1, "a"), { put: { id: 2, store: "accounts", key: "a", value: "v", delete: false } });
    await rig.core.close();
    const next = accounts.lock("a", open());
    assert.equal(await settled(next), "pending");
    finish[how](new Error("full"));
    assert.equal(await settled(next), "had");
  }
});

test("a lock that was had when the core gave it up is given back", async () => {
  let release: () => void = () => undefined;
  let given = 0;
  const accounts: AccountStore = Object.assign(new MemoryAccounts(), {
    lock: () => new Promise<() => void>((resolve) => { release = () => resolve(() => void given++); }),
  });
  const rig = new CoreRig(undefined, { accounts });
  await rig.tell(lock(1, "a"));
  await rig.tell({ abort: { id: 1 } });
  release(); // a store that does not look at the signal
  await turns();
  assert.deepEqual([given, rig.of("stored").map(told)], [1, [[1, false, "", "aborted"]]]);
  await rig.tell(lock(2, "a"));
  release();
  await turns();
  await rig.tell({ abort: { id: 2 } }, { unlock: { id: 2 } }); // it crossed the answer
  assert.deepEqual([given, rig.of("stored").map((s) => [s.id, s.failure?.kind])], [2, [[1, "aborted"], [2, undefined]]]);
});

test("the end of the core gives all locks back, and answers whoever waits", async () => {
  const accounts = new MemoryAccounts();
  const rig = new CoreRig(undefined, { accounts });
  await rig.tell(lock(1, "a"), lock(2, "a"));
  await rig.core.close();
  assert.deepEqual(rig.of("stored").map(told), [[1, false, "", ""], [2, false, "", "aborted"]]);
  assert.equal(await settled(accounts.lock("a", open())), "had");
  const dead = new CoreRig(({ cancel }) => { if (cancel?.id === 9) throw new Error("panic"); return []; }, { accounts });
  await dead.tell(lock(1, "b"));
  const next = accounts.lock("b", open());
  assert.equal(await settled(next), "pending");
  dead.core["driver"].push({ cancel: { id: 9, reason: "" } });
  await turns();
  assert.ok(dead.core.ended !== undefined);
  assert.equal(await settled(next), "had");
});

/** The part of LockManager that is used, over a queue: https://w3c.github.io/web-locks/#api-lock-manager-request */
class FakeLockManager {
  readonly names: string[] = [];
  private readonly queue = new QueueLocks();
  request = (async (name: string, { signal }: { signal: AbortSignal }, callback: () => Promise<void>): Promise<void> => {
    this.names.push(name);
    const release = await this.queue.lock(name, signal);
    await callback();
    release();
  }) as LockManager["request"];
}

for (const [name, make] of [["QueueLocks", () => new QueueLocks()], ["WebLocks", () => new WebLocks(new FakeLockManager())]] as const) {
  test(`${name}: one at a time, in order, and given up by its signal`, async () => {
    const locks = make();
    const controller = new AbortController();
    const first = await locks.lock("a", open());
    const second = locks.lock("a", controller.signal);
    const late = new AbortController();
    const third = locks.lock("a", late.signal);
    assert.equal(await settled(locks.lock("b", open())), "had");
    assert.deepEqual([await settled(second), await settled(third)], ["pending", "pending"]);
    controller.abort("enough");
    await assert.rejects(second, (reason) => reason === "enough");
    first();
    first();
    const release = await third;
    const fourth = locks.lock("a", open());
    late.abort(); // it has been had
    first();
    assert.equal(await settled(fourth), "pending");
    release();
    assert.equal(await settled(fourth), "had");
    await assert.rejects(locks.lock("b", AbortSignal.abort("before")), (reason) => reason === "before");
  });
}

test("Web Locks have names of their own", async () => {
  const manager = new FakeLockManager();
  await new WebLocks(manager).lock("https://s.test/mcp", open());
  assert.deepEqual(manager.names, ["headfast account https://s.test/mcp"]);
});
