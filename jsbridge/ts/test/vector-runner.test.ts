import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { test } from "node:test";
import { errorFrame, okFrame, readList } from "../src/frames.js";
import { SCHEMA_HASH, VERSION, decodeOutput, encodeBatch } from "../src/msg.gen.js";
import type { Input } from "../src/msg.gen.js";
import { decode, encode } from "../src/pack.js";
import { WASM, WASM_EXEC, readModule } from "./module.js";

const begin: Input = {
  begin: {
    version: VERSION, schema: SCHEMA_HASH, entropy: new Uint8Array(32),
    name: "v", title: "V", clientVersion: "1", trace: false, record: false, clientDocument: "",
  },
};
const batch = (inputs: Input[]): Uint8Array => encode(encodeBatch, { now: 1, wall: 1, inputs });

test("a list survives its frame, and a part of a frame is none", () => {
  const frame = okFrame([new Uint8Array([1, 2]), new Uint8Array(0)]);
  const body = frame.subarray(4);
  assert.deepEqual(readList(body)?.list.map((l) => [...l]), [[1, 2], []]);
  for (let n = 0; n < body.length; n++) assert.equal(readList(body.subarray(0, n)), undefined);
  assert.equal(Buffer.from(errorFrame("é")).toString("hex"), "0100000002000000c3a9");
});

/** ask writes frames to a runner's standard input in small chunks and returns its standard output. */
async function ask(frames: Uint8Array[]): Promise<Buffer> {
  readModule();
  const runner = fileURLToPath(new URL("../src/bin/vector-runner.js", import.meta.url));
  const child = spawn(process.execPath, [runner, WASM, WASM_EXEC], { stdio: ["pipe", "pipe", "inherit"] });
  const all = Buffer.concat(frames);
  for (let at = 0; at < all.length; at += 7) child.stdin.write(all.subarray(at, at + 7));
  child.stdin.end();
  const parts: Buffer[] = [];
  for await (const part of child.stdout) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

const request = (list: Uint8Array[]): Uint8Array => okFrame(list).subarray(4);

test("the runner answers request after request, each by a fresh instance", async () => {
  const load: Input = { load: { id: 1, path: "x", dir: "", dialect: "claude-code", scope: "", tracked: false, exposed: false, text: Buffer.from("{}") } };
  const vector = [batch([begin]), batch([load])];
  const out = await ask([request(vector), request([]), request(vector)]);
  const first = okList(out);
  const empty = okList(first.rest);
  const third = okList(empty.rest);
  assert.equal(empty.list.length, 0);
  assert.deepEqual(third.list, first.list);
  assert.equal(third.rest.length, 0);
  const [greeting, loaded] = first.list.map((b) => decode(decodeOutput, b));
  assert.equal(greeting?.hello?.schema, SCHEMA_HASH);
  assert.equal(loaded?.effects[0]?.loaded?.id, 1);
});

test("a batch that this codec would write otherwise is an error, and the next request still runs", async () => {
  const wide = Buffer.from("83a36e6f77cc01a477616c6c01a2696e90", "hex"); // 1 as a uint8
  const out = await ask([request([batch([begin]), wide]), request([batch([begin])])]);
  assert.equal(out.readUInt32LE(0), 1);
  const size = out.readUInt32LE(4);
  assert.match(out.subarray(8, 8 + size).toString(), /batch 1: byte 5 of 17 differs/);
  assert.equal(okList(out.subarray(8 + size)).list.length, 1);
});

function okList(out: Buffer): { list: Uint8Array[]; rest: Buffer } {
  assert.equal(out.readUInt32LE(0), 0, out.toString());
  const frame = readList(out.subarray(4));
  assert.ok(frame !== undefined);
  return { list: frame.list.map((b) => new Uint8Array(b)), rest: out.subarray(4 + frame.size) };
}
