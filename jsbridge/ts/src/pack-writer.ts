import { CodecError } from "./codec-error.js";

const utf8 = new TextEncoder();
const TWO32 = 0x1_0000_0000;

/** Shorter strings are tried as ASCII in a loop; longer ones are faster through TextEncoder. */
const SHORT = 48;

/** Writer appends MessagePack to a buffer that grows. It can be used again after {@link Writer.take}. */
export class Writer {
  private buf: Uint8Array<ArrayBuffer>;
  private view: DataView;
  private len = 0;

  constructor(capacity = 1024) {
    this.buf = new Uint8Array(capacity);
    this.view = new DataView(this.buf.buffer);
  }

  /** The number of bytes written since the last take. */
  get length(): number {
    return this.len;
  }

  /** take returns what was written, as a view that the next write overwrites, and starts anew. */
  take(): Uint8Array<ArrayBuffer> {
    const out = this.buf.subarray(0, this.len);
    this.len = 0;
    return out;
  }

  mapHeader(n: number): void {
    if (n <= 15) this.byte(0x80 | n);
    else this.sized(n, 0, 0xde, 0xdf);
  }

  arrayHeader(n: number): void {
    if (n <= 15) this.byte(0x90 | n);
    else this.sized(n, 0, 0xdc, 0xdd);
  }

  /** key copies what keyBytes made. */
  key(key: Uint8Array): void {
    const at = this.reserve(key.length);
    for (let i = 0; i < key.length; i++) this.buf[at + i] = key[i] as number;
  }

  bool(v: boolean): void {
    this.byte(v ? 0xc3 : 0xc2);
  }

  uint32(v: number): void {
    if (!Number.isInteger(v) || v < 0 || v >= TWO32) {
      throw new CodecError("range", this.len, `${v} is no uint32`);
    }
    if (v < 0x80) this.byte(v);
    else this.sized(v, 0xcc, 0xcd, 0xce);
  }

  /** int64 takes safe integers only; msgp writes positive ones in the signed forms too. */
  int64(v: number): void {
    if (!Number.isSafeInteger(v)) throw new CodecError("range", this.len, `${v} is no safe integer`);
    if (v >= -32 && v < 0x80) {
      this.byte(v & 0xff);
    } else if (v >= -0x80 && v < 0) {
      const at = this.tagged(0xd0, 1);
      this.view.setInt8(at, v);
    } else if (v >= -0x8000 && v < 0x8000) {
      const at = this.tagged(0xd1, 2);
      this.view.setInt16(at, v);
    } else if (v >= -0x8000_0000 && v < 0x8000_0000) {
      const at = this.tagged(0xd2, 4);
      this.view.setInt32(at, v);
    } else {
      const at = this.tagged(0xd3, 8);
      const high = Math.floor(v / TWO32);
      this.view.setInt32(at, high);
      this.view.setUint32(at + 4, v - high * TWO32);
    }
  }

  /** string writes UTF-8; half of a surrogate pair becomes U+FFFD, as TextEncoder has it. */
  string(s: string): void {
    if (s.length <= SHORT && this.ascii(s)) return;
    const bytes = utf8.encode(s);
    if (bytes.length <= 31) this.byte(0xa0 | bytes.length);
    else this.sized(bytes.length, 0xd9, 0xda, 0xdb);
    this.raw(bytes);
  }

  bytes(v: Uint8Array): void {
    this.sized(v.length, 0xc4, 0xc5, 0xc6);
    this.raw(v);
  }

  /** ascii writes a short string if it is ASCII, and otherwise nothing. */
  private ascii(s: string): boolean {
    const start = this.len;
    if (s.length <= 31) this.byte(0xa0 | s.length);
    else this.sized(s.length, 0xd9, 0xda, 0xdb);
    const at = this.reserve(s.length);
    for (let i = 0; i < s.length; i++) {
      const c = s.charCodeAt(i);
      if (c > 0x7f) {
        this.len = start;
        return false;
      }
      this.buf[at + i] = c;
    }
    return true;
  }

  private raw(v: Uint8Array): void {
    const at = this.reserve(v.length);
    this.buf.set(v, at);
  }

  /** sized writes a tag and n in the smallest of 1, 2 and 4 bytes; tag8 is 0 where there is no such form. */
  private sized(n: number, tag8: number, tag16: number, tag32: number): void {
    if (n <= 0xff && tag8 !== 0) {
      const at = this.tagged(tag8, 1);
      this.buf[at] = n;
    } else if (n <= 0xffff) {
      const at = this.tagged(tag16, 2);
      this.view.setUint16(at, n);
    } else {
      const at = this.tagged(tag32, 4);
      this.view.setUint32(at, n);
    }
  }

  private tagged(tag: number, size: number): number {
    const at = this.reserve(1 + size);
    this.buf[at] = tag;
    return at + 1;
  }

  private byte(v: number): void {
    const at = this.reserve(1);
    this.buf[at] = v;
  }

  private reserve(n: number): number {
    const at = this.len;
    this.len = at + n;
    if (this.len > this.buf.length) this.grow();
    return at;
  }

  private grow(): void {
    const next = new Uint8Array(Math.max(this.len, this.buf.length * 2));
    next.set(this.buf);
    this.buf = next;
    this.view = new DataView(next.buffer);
  }
}
