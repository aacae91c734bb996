/** The MessagePack runtime under msg.gen.ts. Encoding is byte for byte what msgp (Go) writes. */
export { CodecError } from "./codec-error.js";
export { NO_BYTES, Reader } from "./pack-reader.js";
export type { UnknownMember } from "./pack-reader.js";
export { Writer } from "./pack-writer.js";

import { CodecError } from "./codec-error.js";
import { Reader } from "./pack-reader.js";
import { Writer } from "./pack-writer.js";

/** keyBytes is a map key ready to be copied. Wire names are ASCII and shorter than 32 bytes. */
export function keyBytes(name: string): Uint8Array {
  const out = new Uint8Array(1 + name.length);
  out[0] = 0xa0 | name.length;
  for (let i = 0; i < name.length; i++) out[1 + i] = name.charCodeAt(i);
  return out;
}

/** encode gives the bytes of one value, in a buffer of their own. */
export function encode<T>(write: (w: Writer, v: T) => void, value: T): Uint8Array {
  const w = new Writer();
  write(w, value);
  return w.take().slice();
}

/**
 * decode reads one value and demands that nothing follows it. Byte fields of the value are views into
 * `bytes`, not copies: the caller gives up the buffer.
 */
export function decode<T>(read: (r: Reader) => T, bytes: Uint8Array): T {
  const r = new Reader(bytes);
  const value = read(r);
  if (r.offset !== bytes.length) {
    throw new CodecError("trailing", r.offset, `${bytes.length - r.offset} bytes after the value`);
  }
  return value;
}
