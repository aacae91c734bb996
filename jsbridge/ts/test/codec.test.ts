import assert from "node:assert/strict";
import { test } from "node:test";
import { decodeEffect, decodeOutput, encodeBatch, encodeCancel, encodeEffect } from "../src/msg.gen.js";
import { CodecError, decode, encode } from "../src/pack.js";
import { codecOf, fromGolden, plain, readGolden, readStrange, reencode, unfold } from "./golden.js";

const hex = (b: Uint8Array): string => Buffer.from(b).toString("hex");

test("golden values encode to Go's bytes, and the bytes decode to the values", () => {
  for (const c of readGolden()) {
    const { read, write } = codecOf(c.type);
    const value = fromGolden(c.value);
    const bytes = unfold(c.hex);
    assert.equal(hex(encode(write, value)), hex(bytes), `${c.type} ${c.name}`);
    assert.deepEqual(plain(decode(read, bytes)), value, `${c.type} ${c.name}`);
  }
});

test("a golden value cut anywhere is truncated", () => {
  for (const c of readGolden()) {
    const bytes = unfold(c.hex);
    if (bytes.length > 4096) continue;
    for (let n = 0; n < bytes.length; n++) {
      assert.throws(() => reencode(c.type, bytes.subarray(0, n)), { name: "CodecError", code: "truncated" });
    }
  }
});

test("malformed bytes are refused by code, odd ones taken", () => {
  for (const c of readStrange()) {
    const bytes = unfold(c.hex);
    if (c.code === "") assert.equal(hex(reencode(c.type, bytes)), c.again, c.name);
    else assert.throws(() => reencode(c.type, bytes), { name: "CodecError", code: c.code }, c.name);
  }
});

test("a byte field is bounded as in the schema", () => {
  const tooLong = unfold("81a464617461c6ffffffff");
  assert.throws(() => reencode("Body", tooLong), { code: "limit" });
});

test("an error has the offset", () => {
  const at = (type: string, bytes: string): number => {
    try {
      reencode(type, unfold(bytes));
    } catch (e) {
      if (e instanceof CodecError) return e.offset;
    }
    throw new Error("nothing was thrown");
  };
  assert.equal(at("Abort", "81a26964a131"), 4);
  assert.equal(at("Abort", "81a26964"), 4);
  assert.equal(at("Abort", "81a2696401c0"), 5);
});

test("an effect of a newer core is known by its name and its id", () => {
  const later = decode(decodeEffect, unfold("81a56c6174657283a178c0a2696407a179c3"));
  assert.deepEqual(later.unknown, { name: "later", id: 7 });
  const nameless = decode(decodeEffect, unfold("81a56c61746572c3"));
  assert.deepEqual(nameless.unknown, { name: "later", id: undefined });
  assert.throws(() => encode(encodeEffect, later), { code: "union" });
  const output = decode(decodeOutput, unfold("82a8646561646c696e6500a266789181a56c6174657281a2696405"));
  assert.deepEqual(output.effects[0]?.unknown, { name: "later", id: 5 });
});

test("numbers that the wire cannot hold are refused", () => {
  for (const id of [-1, 2 ** 32, 1.5, NaN]) {
    assert.throws(() => encode(encodeCancel, { id, reason: "" }), { code: "range" });
  }
  for (const now of [2 ** 53, -(2 ** 53), 0.5, Infinity]) {
    assert.throws(() => encode(encodeBatch, { now, wall: 0, inputs: [] }), { code: "range" });
  }
});

test("half of a surrogate pair goes as U+FFFD", () => {
  assert.equal(hex(encode(encodeCancel, { id: 0, reason: "\ud800" })), "82a2696400a6726561736f6ea3efbfbd");
});
