import { CodecError } from "./codec-error.js";

/** How deep an unknown value may nest. */
const DEPTH = 128;

/** skipValue returns the offset after the value at `at`, whatever it is. */
export function skipValue(buf: Uint8Array, view: DataView, at: number): number {
  const left: number[] = [1]; // values still to pass at each level
  while (left.length > 0) {
    const top = left.length - 1;
    if (left[top] === 0) {
      left.pop();
      continue;
    }
    left[top] = (left[top] as number) - 1;
    const size = measure(buf, view, at);
    at += size.bytes;
    if (at > buf.length) throw truncated(buf);
    if (size.values === 0) continue;
    if (left.length >= DEPTH) throw new CodecError("depth", at, `nested deeper than ${DEPTH}`);
    left.push(size.values);
  }
  return at;
}

/** A value's own bytes, and how many values it holds. */
interface Size {
  bytes: number;
  values: number;
}

function measure(buf: Uint8Array, view: DataView, at: number): Size {
  const tag = buf[at];
  if (tag === undefined) throw truncated(buf);
  if (tag < 0x80 || tag >= 0xe0) return { bytes: 1, values: 0 };
  if (tag < 0x90) return { bytes: 1, values: 2 * (tag & 0x0f) };
  if (tag < 0xa0) return { bytes: 1, values: tag & 0x0f };
  if (tag < 0xc0) return { bytes: 1 + (tag & 0x1f), values: 0 };
  const fixed = FIXED[tag];
  if (fixed !== undefined) return { bytes: fixed, values: 0 };
  const sized = SIZED[tag];
  if (sized === undefined) throw new CodecError("type", at, "0xc1 is no MessagePack");
  if (at + 1 + sized.width > buf.length) throw truncated(buf);
  const n = length(view, at + 1, sized.width);
  const own = 1 + sized.width + sized.extra;
  if (sized.per === 0) return { bytes: own + n, values: 0 };
  return { bytes: own, values: n * sized.per };
}

function length(view: DataView, at: number, width: number): number {
  if (width === 1) return view.getUint8(at);
  return width === 2 ? view.getUint16(at) : view.getUint32(at);
}

function truncated(buf: Uint8Array): CodecError {
  return new CodecError("truncated", buf.length, "the bytes end inside a value");
}

/** Tags of a size known from the tag: nil, bools, floats, integers, fixext. */
const FIXED: Readonly<Record<number, number>> = {
  0xc0: 1, 0xc2: 1, 0xc3: 1,
  0xca: 5, 0xcb: 9,
  0xcc: 2, 0xcd: 3, 0xce: 5, 0xcf: 9,
  0xd0: 2, 0xd1: 3, 0xd2: 5, 0xd3: 9,
  0xd4: 3, 0xd5: 4, 0xd6: 6, 0xd7: 10, 0xd8: 18,
};

/** Tags with a length: its width, bytes besides, and values per unit (0: the length counts bytes). */
const SIZED: Readonly<Record<number, { width: number; extra: number; per: number }>> = {
  0xc4: { width: 1, extra: 0, per: 0 }, 0xc5: { width: 2, extra: 0, per: 0 }, 0xc6: { width: 4, extra: 0, per: 0 },
  0xc7: { width: 1, extra: 1, per: 0 }, 0xc8: { width: 2, extra: 1, per: 0 }, 0xc9: { width: 4, extra: 1, per: 0 },
  0xd9: { width: 1, extra: 0, per: 0 }, 0xda: { width: 2, extra: 0, per: 0 }, 0xdb: { width: 4, extra: 0, per: 0 },
  0xdc: { width: 2, extra: 0, per: 1 }, 0xdd: { width: 4, extra: 0, per: 1 },
  0xde: { width: 2, extra: 0, per: 2 }, 0xdf: { width: 4, extra: 0, per: 2 },
};
