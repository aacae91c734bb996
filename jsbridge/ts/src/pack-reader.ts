import { CodecError } from "./codec-error.js";
import { Interner } from "./intern.js";
import { skipValue } from "./pack-skip.js";

/** The value of an absent byte field. */
export const NO_BYTES = new Uint8Array(0);

/** A union's member that this side does not know: a newer core's effect, say. */
export interface UnknownMember {
  /** The member's wire name. */
  name: string;
  /** The member's `id` field, where it has one that is a uint32. */
  id: number | undefined;
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const keys = new Interner();
const TWO32 = 0x1_0000_0000;

/** Shorter strings are tried as ASCII in a loop; longer ones are faster through TextDecoder. */
const SHORT = 32;

/** Reader takes MessagePack from a buffer. Every mistake in the bytes is a CodecError. */
export class Reader {
  /** How many unknown fields and members were passed over so far. */
  skipped = 0;
  private at = 0;
  private readonly view: DataView;

  constructor(private readonly buf: Uint8Array) {
    this.view = new DataView(buf.buffer, buf.byteOffset, buf.byteLength);
  }

  /** The number of bytes read. */
  get offset(): number {
    return this.at;
  }

  mapHeader(limit: number): number {
    const tag = this.tag();
    if ((tag & 0xf0) === 0x80) return this.within(tag & 0x0f, limit);
    if (tag === 0xde) return this.within(this.uint(2), limit);
    if (tag === 0xdf) return this.within(this.uint(4), limit);
    throw this.wrong(tag, "a map");
  }

  arrayHeader(limit: number): number {
    const tag = this.tag();
    if ((tag & 0xf0) === 0x90) return this.within(tag & 0x0f, limit);
    if (tag === 0xdc) return this.within(this.uint(2), limit);
    if (tag === 0xdd) return this.within(this.uint(4), limit);
    throw this.wrong(tag, "an array");
  }

  /** key reads a map's key: a string or, as msgp allows, binary. */
  key(): string {
    const tag = this.tag();
    const start = this.take(tag >= 0xc4 && tag <= 0xc6 ? this.binSize(tag) : this.strSize(tag));
    return keys.get(this.buf, start, this.at) ?? this.text(start, this.at);
  }

  /** once notes a field by its bit and rejects the second of a kind. */
  once(seen: number, bit: number): number {
    if ((seen & bit) !== 0) throw new CodecError("duplicate", this.at, "a key twice in one map");
    return seen | bit;
  }

  /** nil reads a nil if there is one. */
  nil(): boolean {
    if (this.buf[this.at] !== 0xc0) return false;
    this.at++;
    return true;
  }

  bool(): boolean {
    const tag = this.tag();
    if (tag === 0xc3) return true;
    if (tag === 0xc2) return false;
    throw this.wrong(tag, "a bool");
  }

  uint32(): number {
    const v = this.integer();
    if (v < 0 || v >= TWO32) throw new CodecError("range", this.at, `${v} is no uint32`);
    return v;
  }

  /** int64 reads any integer that a JavaScript number holds exactly. */
  int64(): number {
    return this.integer();
  }

  string(): string {
    const start = this.take(this.strSize(this.tag()));
    return this.text(start, this.at);
  }

  /** bytes reads binary as a view into the buffer. */
  bytes(limit: number): Uint8Array {
    const tag = this.tag();
    const start = this.take(this.within(this.binSize(tag), limit));
    return this.buf.subarray(start, this.at);
  }

  /** skip passes over the value of an unknown field. */
  skip(): void {
    this.skipped++;
    this.at = skipValue(this.buf, this.view, this.at);
  }

  /** unknownMember passes over a union's unknown member and keeps its id, so that it can be answered. */
  unknownMember(name: string): UnknownMember {
    const start = this.at;
    this.skip();
    const end = this.at;
    this.at = start;
    const id = this.findId();
    this.at = end;
    return { name, id };
  }

  private findId(): number | undefined {
    if (!isMap(this.buf[this.at])) return undefined;
    for (let n = this.mapHeader(TWO32); n > 0; n--) {
      const tag = this.buf[this.at];
      const named = tag !== undefined && (tag & 0xe0) === 0xa0 && this.key() === "id";
      if (named && isUint(this.buf[this.at])) return this.uint32();
      if (tag === undefined || (tag & 0xe0) !== 0xa0) this.at = skipValue(this.buf, this.view, this.at);
      this.at = skipValue(this.buf, this.view, this.at);
    }
    return undefined;
  }

  private integer(): number {
    const tag = this.tag();
    if (tag < 0x80) return tag;
    if (tag >= 0xe0) return tag - 0x100;
    const at = this.at;
    switch (tag) {
      case 0xcc:
        return this.uint(1);
      case 0xcd:
        return this.uint(2);
      case 0xce:
        return this.uint(4);
      case 0xcf:
        return this.safe(this.uint(4) * TWO32 + this.uint(4));
      case 0xd0:
        this.take(1);
        return this.view.getInt8(at);
      case 0xd1:
        this.take(2);
        return this.view.getInt16(at);
      case 0xd2:
        this.take(4);
        return this.view.getInt32(at);
      case 0xd3:
        this.take(8);
        return this.safe(this.view.getInt32(at) * TWO32 + this.view.getUint32(at + 4));
    }
    throw this.wrong(tag, "an integer");
  }

  private safe(v: number): number {
    if (!Number.isSafeInteger(v)) throw new CodecError("range", this.at, "an integer beyond 2^53");
    return v;
  }

  private strSize(tag: number): number {
    if ((tag & 0xe0) === 0xa0) return tag & 0x1f;
    if (tag === 0xd9) return this.uint(1);
    if (tag === 0xda) return this.uint(2);
    if (tag === 0xdb) return this.uint(4);
    throw this.wrong(tag, "a string");
  }

  private binSize(tag: number): number {
    if (tag === 0xc4) return this.uint(1);
    if (tag === 0xc5) return this.uint(2);
    if (tag === 0xc6) return this.uint(4);
    throw this.wrong(tag, "binary");
  }

  private text(start: number, end: number): string {
    if (end - start <= SHORT) {
      let s = "";
      let i = start;
      for (; i < end; i++) {
        const c = this.buf[i] as number;
        if (c > 0x7f) break;
        s += String.fromCharCode(c);
      }
      if (i === end) return s;
    }
    try {
      return utf8.decode(this.buf.subarray(start, end));
    } catch {
      throw new CodecError("utf8", start, "a string that is not UTF-8");
    }
  }

  private tag(): number {
    const tag = this.buf[this.at];
    if (tag === undefined) throw this.truncated();
    this.at++;
    return tag;
  }

  private uint(size: 1 | 2 | 4): number {
    const at = this.take(size);
    if (size === 1) return this.view.getUint8(at);
    return size === 2 ? this.view.getUint16(at) : this.view.getUint32(at);
  }

  /** take moves past n bytes and returns where they start. */
  private take(n: number): number {
    const start = this.at;
    if (n > this.buf.length - start) throw this.truncated();
    this.at = start + n;
    return start;
  }

  private within(n: number, limit: number): number {
    if (n > limit) throw new CodecError("limit", this.at, `${n} where ${limit} is the most`);
    return n;
  }

  private truncated(): CodecError {
    return new CodecError("truncated", this.buf.length, "the bytes end inside a value");
  }

  private wrong(tag: number, wanted: string): CodecError {
    return new CodecError("type", this.at - 1, `0x${tag.toString(16)} where ${wanted} belongs`);
  }
}

function isMap(tag: number | undefined): boolean {
  return tag !== undefined && ((tag & 0xf0) === 0x80 || tag === 0xde || tag === 0xdf);
}

function isUint(tag: number | undefined): boolean {
  return tag !== undefined && (tag < 0x80 || (tag >= 0xcc && tag <= 0xce));
}
