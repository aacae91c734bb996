import { open } from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";

/** The most bytes of a file that a configuration names: it holds a key or a token. */
const MAX_BYTES = 1 << 20;

/**
 * readText reads a small file of UTF-8; undefined where there is none.
 *
 * @throws Error that says why it cannot be read, without what is in it
 */
export async function readText(path: string): Promise<string | undefined> {
  const file = await opened(path);
  if (file === undefined) return undefined;
  try {
    return decode(await firstBytes(file));
  } finally {
    await file.close();
  }
}

async function opened(path: string): Promise<FileHandle | undefined> {
  try {
    return await open(path, "r");
  } catch (e) {
    const { code } = e as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    throw e;
  }
}

async function firstBytes(file: FileHandle): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of file.createReadStream({ end: MAX_BYTES, autoClose: false })) parts.push(part as Buffer);
  const bytes = Buffer.concat(parts);
  if (bytes.length > MAX_BYTES) throw new Error(`it has more than ${MAX_BYTES} bytes`);
  return bytes;
}

function decode(bytes: Buffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new Error("it is no UTF-8 text");
  }
}
