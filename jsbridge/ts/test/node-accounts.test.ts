import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { chmodSync, mkdirSync, readdirSync, statSync, writeFileSync } from "node:fs";
import fsp from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";
import { join } from "node:path";
import { test } from "node:test";
import type { TestContext } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { FileAccounts } from "../src/node-accounts.js";
import { folder } from "./folder.js";

const open = (): AbortSignal => new AbortController().signal;
const name = (key: string): string => createHash("sha256").update(key).digest("hex");
const mode = (path: string): number => statSync(path).mode & 0o777;

/** child runs accounts-child.ts, and ends with the test. */
function child(t: TestContext, what: string, dir: string): ChildProcess {
  const script = fileURLToPath(new URL("accounts-child.js", import.meta.url));
  const started = spawn(process.execPath, [script, what, dir], { stdio: ["ignore", "pipe", "inherit"] });
  t.after(() => started.kill("SIGKILL"));
  return started;
}

/** onOpen is told of every file that is opened, before anything is done with it. It returns what ends that. */
function onOpen(t: TestContext, told: (file: FileHandle, path: string) => void): () => void {
  const { open: real } = fsp;
  const { mock } = t.mock.method(fsp, "open", async (path: string, flags: string, bits?: number) => {
    const file = await real(path, flags, bits);
    told(file, path);
    return file;
  });
  syncBuiltinESMExports();
  const restore = (): void => {
    mock.restore();
    syncBuiltinESMExports();
  };
  t.after(restore);
  return restore;
}

/** refuses expects a failure of the store that says something, and quotes no secret. */
async function refuses(promise: Promise<unknown>, says: RegExp): Promise<void> {
  await assert.rejects(promise, (e: Error & { kind?: string }) => {
    assert.equal(e.kind, "store");
    assert.match(e.message, says);
    assert.doesNotMatch(e.message, /secret/);
    return true;
  });
}

test("what is kept is found by another store over the folder, listed, replaced and forgotten", async (t) => {
  const dir = join(folder(t), "accounts");
  const [one, other] = [new FileAccounts(dir), new FileAccounts(dir)];
  assert.deepEqual([await one.get("a"), await one.keys()], [undefined, []]);
  await one.delete("a");
  const odd = "https://s.test/../../x?é\0\n" + "k".repeat(10_000);
  await one.put("a", "1");
  await one.put("a", "2");
  await one.put(odd, "é\n\"");
  assert.deepEqual([await other.get("a"), await other.get(odd), await other.get("b")], ["2", "é\n\"", undefined]);
  assert.deepEqual((await other.keys()).sort(), ["a", odd]);
  assert.deepEqual(readdirSync(dir).sort(), [`${name("a")}.json`, `${name(odd)}.json`].sort());
  await other.delete("a");
  assert.deepEqual([await one.get("a"), await one.keys()], [undefined, [odd]]);
});

test("folder and files are this user's alone from the first byte, whatever the umask", async (t) => {
  const dir = join(folder(t), "new", "accounts");
  const before = process.umask(0);
  t.after(() => process.umask(before));
  const opened: number[] = [];
  onOpen(t, (_, path) => void opened.push(mode(path)));
  const accounts = new FileAccounts(dir);
  await accounts.put("a", "secret");
  (await accounts.lock("a", open()))();
  assert.deepEqual([mode(dir), mode(join(dir, ".."))], [0o700, 0o700]);
  assert.deepEqual(readdirSync(dir).map((file) => mode(join(dir, file))), [0o600, 0o600]);
  assert.deepEqual(opened, [0o600, 0o700, 0o600], "a file, its folder to be synced, and a lock");
});

test("a folder that others may open, or that is none, is refused", async (t) => {
  const dir = folder(t);
  chmodSync(dir, 0o750);
  const accounts = new FileAccounts(dir);
  for (const call of [
    () => accounts.get("a"), () => accounts.put("a", "secret"), () => accounts.delete("a"), () => accounts.keys(),
    () => accounts.lock("a", open()),
  ]) await refuses(call(), /others may open .*chmod 700/);
  assert.deepEqual(readdirSync(dir), []);
  chmodSync(dir, 0o700);
  writeFileSync(join(dir, "file"), "");
  await refuses(new FileAccounts(join(dir, "file")).keys(), /is no folder/);
  await assert.rejects(new FileAccounts(join(dir, "file")).put("a", "1"), { code: "EEXIST" });
});

test("a damaged file harms no other, and is not quoted", async (t) => {
  const dir = folder(t);
  const accounts = new FileAccounts(dir);
  await accounts.put("a", "1");
  for (const text of ["{\"key\":\"b\",\"value\":\"secret", "[]", "null", "{\"key\":\"b\"}", "{\"value\":\"secret\"}", ""]) {
    writeFileSync(join(dir, `${name("b")}.json`), text);
    await refuses(accounts.get("b"), /is damaged, or no sign-in/);
    assert.deepEqual(await accounts.keys(), ["a"]);
  }
  await accounts.put("b", "2");
  assert.equal(await accounts.get("b"), "2");
});

test("where a value cannot be written, the one before is still there, and no part of the new one", async (t) => {
  const dir = folder(t);
  const accounts = new FileAccounts(dir);
  await accounts.put("a", "1");
  mkdirSync(join(dir, `${name("b")}.json`)); // nothing can be renamed to it
  await assert.rejects(accounts.put("b", "secret"), { code: "EISDIR" });
  const full = Object.assign(new Error("no space left on device"), { code: "ENOSPC" });
  for (const step of ["writeFile", "sync", "close"] as const) {
    const restore = onOpen(t, (file) => {
      const close = file.close.bind(file);
      file[step] = async () => { await close(); throw full; };
    });
    await assert.rejects(accounts.put("a", "secret"), { code: "ENOSPC" });
    restore();
  }
  const { mock } = t.mock.method(fsp, "rename", () => Promise.reject(full));
  syncBuiltinESMExports();
  await assert.rejects(accounts.put("a", "secret"), { code: "ENOSPC" });
  mock.restore();
  syncBuiltinESMExports();
  assert.equal(await accounts.get("a"), "1");
  assert.deepEqual(readdirSync(dir).sort(), [`${name("a")}.json`, `${name("b")}.json`].sort());
});

test("a value is written through to the disk before its name is, and the name before it counts", async (t) => {
  const dir = folder(t);
  const steps: string[] = [];
  onOpen(t, (file, path) => {
    const sync = file.sync.bind(file);
    file.sync = () => {
      steps.push(path === dir ? "folder" : "file", ...readdirSync(dir).map((each) => each.slice(64, 70)));
      return sync();
    };
  });
  await new FileAccounts(dir).put("a", "1");
  assert.deepEqual(steps, ["file", ".json.", "folder", ".json"]);
});

test("forgetting takes along what a process left that was killed while it wrote", async (t) => {
  const dir = folder(t);
  const accounts = new FileAccounts(dir);
  await accounts.put("a", "1");
  await accounts.put("b", "1");
  writeFileSync(join(dir, `${name("a")}.json.123.tmp`), "secret");
  assert.deepEqual((await accounts.keys()).sort(), ["a", "b"]);
  await accounts.delete("a");
  assert.deepEqual(readdirSync(dir), [`${name("b")}.json`]);
});

test("a lock is had by one at a time, in this process and for each account", async (t) => {
  const dir = folder(t);
  const [one, other] = [new FileAccounts(dir), new FileAccounts(dir)];
  const release = await one.lock("a", open());
  (await one.lock("b", open()))();
  const controller = new AbortController();
  const waiting = [one.lock("a", controller.signal), other.lock("a", controller.signal)];
  const outcome = await Promise.race([...waiting, pause(200, "pending")]);
  assert.equal(outcome, "pending");
  controller.abort();
  await Promise.all(waiting.map((each) => assert.rejects(each, { name: "AbortError" })));
  const next = other.lock("a", open());
  release();
  release();
  const after = await next;
  release();
  assert.equal(await Promise.race([one.lock("a", AbortSignal.timeout(100)).catch(() => "given up"), pause(1_000, "late")]), "given up");
  after();
});

test("processes take turns: no count is lost", async (t) => {
  const dir = folder(t);
  const children = [1, 2, 3].map(() => child(t, "count", dir));
  const codes = await Promise.all(children.map(async (each) => (await once(each, "exit"))[0]));
  assert.deepEqual(codes, [0, 0, 0]);
  assert.equal(await new FileAccounts(dir).get("a"), "75");
});

test("a lock of another process is waited for, and is free at once when that is killed", async (t) => {
  const dir = folder(t);
  const holder = child(t, "hold", dir);
  await once(holder.stdout as NodeJS.EventEmitter, "data");
  const accounts = new FileAccounts(dir);
  await assert.rejects(accounts.lock("a", AbortSignal.timeout(300)), { name: "TimeoutError" });
  const next = accounts.lock("a", open());
  holder.kill("SIGKILL");
  assert.equal(typeof (await Promise.race([next, pause(5_000, "stale")])), "function");
  (await next)();
});
