import type { GoConstructor } from "./go-runtime.js";
import { Instance } from "./instance.js";
import { decodeBatch, decodeOutput, encodeBatch, encodeOutput } from "./msg.gen.js";
import { Reader, encode } from "./pack.js";
import type { Writer } from "./pack.js";

/**
 * runVector steps a fresh instance through encoded batches and returns the encoded outputs. On the way
 * every message goes through the TypeScript codec, which must give the same bytes back.
 */
export async function runVector(
  module: WebAssembly.Module, Go: GoConstructor, batches: Uint8Array[],
): Promise<Uint8Array[]> {
  const instance = await Instance.start(module, Go);
  const outputs: Uint8Array[] = [];
  for (const [i, batch] of batches.entries()) {
    const output = instance.step(batch);
    const refused = identical(`output ${i}`, output, decodeOutput, encodeOutput).error !== undefined;
    // What the core calls malformed is no batch, and not the codec's to give back.
    if (!refused) identical(`batch ${i}`, batch, decodeBatch, encodeBatch);
    outputs.push(output);
  }
  return outputs;
}

/** Fields that were skipped, because they are unknown here, are the one reason to be shorter. */
function identical<T>(what: string, bytes: Uint8Array, read: (r: Reader) => T, write: (w: Writer, v: T) => void): T {
  const r = new Reader(bytes);
  const value = read(r);
  if (r.skipped > 0) return value;
  const again = encode(write, value);
  const at = firstDifference(bytes, again);
  if (at >= 0) throw new Error(`${what}: byte ${at} of ${bytes.length} differs after decode and encode`);
  return value;
}

function firstDifference(a: Uint8Array, b: Uint8Array): number {
  const n = Math.min(a.length, b.length);
  for (let i = 0; i < n; i++) if (a[i] !== b[i]) return i;
  return a.length === b.length ? -1 : n;
}
