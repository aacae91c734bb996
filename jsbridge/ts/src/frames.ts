/**
 * The framing of the vectors' runner: a count, then each message with its length before it; an answer
 * has a status before that, 0 for a list and 1 for one UTF-8 text. All numbers are uint32, little-endian.
 */
export const STATUS_OK = 0;
export const STATUS_ERROR = 1;

/** readList takes a list from the start of `bytes`, or nothing while it is not whole. */
export function readList(bytes: Uint8Array): { list: Uint8Array[]; size: number } | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 4) return undefined;
  const count = view.getUint32(0, true);
  const list: Uint8Array[] = [];
  let at = 4;
  for (let i = 0; i < count; i++) {
    if (at + 4 > bytes.length) return undefined;
    const size = view.getUint32(at, true);
    at += 4;
    if (at + size > bytes.length) return undefined;
    list.push(bytes.subarray(at, at + size));
    at += size;
  }
  return { list, size: at };
}

/** okFrame is the answer with the outputs. */
export function okFrame(outputs: Uint8Array[]): Uint8Array<ArrayBuffer> {
  return join([uint32(STATUS_OK), uint32(outputs.length), ...outputs.flatMap((o) => [uint32(o.length), o])]);
}

/** errorFrame is the answer where a vector could not be run. */
export function errorFrame(message: string): Uint8Array<ArrayBuffer> {
  const text = new TextEncoder().encode(message);
  return join([uint32(STATUS_ERROR), uint32(text.length), text]);
}

function uint32(n: number): Uint8Array {
  const out = new Uint8Array(4);
  new DataView(out.buffer).setUint32(0, n, true);
  return out;
}

function join(parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(parts.reduce((n, p) => n + p.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
