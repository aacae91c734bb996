import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { HostError } from "../src/host-error.js";
import type { Effect } from "../src/msg.gen.js";
import { readText } from "../src/node-files.js";
import type { Files } from "../src/stores.js";
import { CoreRig, told } from "./core-rig.js";
import { turns } from "./fake.js";
import { folder } from "./folder.js";

const get = (id: number, store: string, key: string): Effect => ({ get: { id, store, key } });

test("a file is text, is not there, cannot be read, or no file can be", async () => {
  const files: Files = (path) => {
    if (path === "throws") throw new Error("sync");
    if (path === "locked") return Promise.reject(new HostError("locked", "shut"));
    return path === "rejects" ? Promise.reject(new Error("later")) : Promise.resolve(path === "there" ? "text" : undefined);
  };
  const rig = new CoreRig(undefined, { files });
  await rig.tell(...["there", "missing", "throws", "rejects", "locked"].map((path, i) => get(i + 1, "files", path)));
  const stored = rig.of("stored").sort((a, b) => a.id - b.id);
  assert.deepEqual(stored.map(told), [
    [1, true, "text", ""], [2, false, "", ""], [3, false, "", "store"], [4, false, "", "store"], [5, false, "", "locked"],
  ]);
  assert.equal(stored[3]?.failure?.detail, "later");
  const bare = new CoreRig();
  await bare.tell(get(1, "files", "there"));
  assert.deepEqual(bare.of("stored").map(told), [[1, false, "", "unsupported"]]);
});

test("what is asked when the core is closed is answered in a step that it sees, and not again", async () => {
  let resolve: (value: string) => void = () => undefined;
  const rig = new CoreRig(undefined, { files: () => new Promise((done) => { resolve = done; }) });
  await rig.tell(get(1, "files", "slow"));
  await rig.core.close();
  assert.deepEqual(rig.of("stored").map(told), [[1, false, "", "aborted"]]);
  resolve("late");
  await turns();
  assert.equal(rig.of("stored").length, 1);
});

test("a file on disk is read whole, within bounds, as UTF-8", async (t) => {
  const dir = folder(t);
  const write = (name: string, content: string | Buffer): string => {
    writeFileSync(join(dir, name), content);
    return join(dir, name);
  };
  mkdirSync(join(dir, "sub"));
  assert.equal(await readText(write("a", "\ufeffhéllo\n")), "héllo\n");
  assert.equal(await readText(write("full", "x".repeat(1 << 20))), "x".repeat(1 << 20));
  assert.equal(await readText(join(dir, "none")), undefined);
  assert.equal(await readText(join(dir, "a", "none")), undefined);
  await assert.rejects(readText(join(dir, "sub")), { code: "EISDIR" });
  await assert.rejects(readText(write("large", "x".repeat((1 << 20) + 1))), /more than 1048576 bytes/);
  await assert.rejects(readText(write("latin", Buffer.from([0x73, 0xe9]))), { message: "it is no UTF-8 text" });
});
