const SLOTS = 512;
const LONGEST = 24;

interface Entry {
  bytes: Uint8Array;
  text: string;
}

/**
 * Interner gives the same string for the same short ASCII bytes without making it anew: map keys come
 * again and again. It holds at most one string a slot, so what a peer sends cannot fill the memory.
 */
export class Interner {
  private readonly slots = new Array<Entry | undefined>(SLOTS).fill(undefined);

  /** get returns undefined for bytes that are too long or not ASCII. */
  get(buf: Uint8Array, start: number, end: number): string | undefined {
    const size = end - start;
    if (size > LONGEST) return undefined;
    let hash = size;
    for (let i = start; i < end; i++) {
      const c = buf[i] as number;
      if (c > 0x7f) return undefined;
      hash = (hash * 31 + c) | 0;
    }
    const slot = hash & (SLOTS - 1);
    const entry = this.slots[slot];
    if (entry !== undefined && same(entry.bytes, buf, start, size)) return entry.text;
    const bytes = buf.slice(start, end);
    const text = String.fromCharCode(...bytes);
    this.slots[slot] = { bytes, text };
    return text;
  }
}

function same(bytes: Uint8Array, buf: Uint8Array, start: number, size: number): boolean {
  if (bytes.length !== size) return false;
  for (let i = 0; i < size; i++) if (bytes[i] !== buf[start + i]) return false;
  return true;
}
