import { createHash, randomUUID } from "node:crypto";
import { mkdir, open, readFile, readdir, rename, stat, unlink } from "node:fs/promises";
import { join } from "node:path";
import type { AccountStore } from "./account-store.js";
import { HostError } from "./host-error.js";
import { FAIL_STORE } from "./msg.gen.js";
import { FileLocks } from "./node-locks.js";

/** What a file holds. The key is in it because its name is a hash of the key, by which no name can leave the folder. */
interface Entry {
  key: string;
  value: string;
}

const POSIX = process.platform !== "win32";
const ENTRY = /^[0-9a-f]{64}\.json$/;

/**
 * FileAccounts keeps each sign-in in a file of its own, in a folder that only this user may open (0700; files 0600).
 * All processes that use it on this machine share it. The tokens are in plain text: where there is a keychain, an
 * {@link AccountStore} over that is better. On Windows the folder's own permissions count.
 */
export class FileAccounts implements AccountStore {
  private readonly locks = new FileLocks();

  /** @param dir - an absolute path; the folder is made when something is first kept */
  constructor(private readonly dir: string) {}

  async get(key: string): Promise<string | undefined> {
    if (!(await isOurs(this.dir))) return undefined;
    return (await read(this.path(key, "json")))?.value;
  }

  async put(key: string, value: string): Promise<void> {
    await this.make();
    await replace(this.path(key, "json"), JSON.stringify({ key, value } satisfies Entry));
    await syncFolder(this.dir);
  }

  async delete(key: string): Promise<void> {
    if (!(await isOurs(this.dir))) return;
    // A process that was killed while it wrote may have left more of them.
    const left = (await readdir(this.dir)).filter((file) => file.startsWith(`${name(key)}.json`));
    for (const file of left) await unlink(join(this.dir, file)).catch(unlessMissing);
    await syncFolder(this.dir);
  }

  /** keys leaves out files that cannot be read: the others are none the worse for them. */
  async keys(): Promise<string[]> {
    if (!(await isOurs(this.dir))) return [];
    const files = (await readdir(this.dir)).filter((file) => ENTRY.test(file));
    const entries = await Promise.all(files.map((file) => read(join(this.dir, file)).catch(() => undefined)));
    return entries.flatMap((entry) => (entry === undefined ? [] : [entry.key]));
  }

  async lock(key: string, signal: AbortSignal): Promise<() => void> {
    await this.make();
    return this.locks.lock(this.path(key, "lock"), signal);
  }

  private path(key: string, ending: string): string {
    return join(this.dir, `${name(key)}.${ending}`);
  }

  private async make(): Promise<void> {
    await mkdir(this.dir, { recursive: true, mode: 0o700 });
    await isOurs(this.dir);
  }
}

function name(key: string): string {
  return createHash("sha256").update(key).digest("hex");
}

/** isOurs is false where there is no folder, and throws where it is not this user's alone. */
async function isOurs(dir: string): Promise<boolean> {
  const folder = await stat(dir).catch(unlessMissing);
  if (folder === undefined) return false;
  if (!folder.isDirectory()) throw new HostError(FAIL_STORE, `${dir} is no folder`);
  if (POSIX && folder.uid !== process.getuid?.()) throw new HostError(FAIL_STORE, `${dir} belongs to another user`);
  if (POSIX && (folder.mode & 0o077) !== 0) throw new HostError(FAIL_STORE, `others may open ${dir}: chmod 700 it`);
  return true;
}

/** What a parser says of a damaged file would quote it, so it is not passed on. */
async function read(path: string): Promise<Entry | undefined> {
  const text = await readFile(path, "utf8").catch(unlessMissing);
  if (text === undefined) return undefined;
  try {
    const { key, value } = JSON.parse(text) as Partial<Entry>;
    if (typeof key === "string" && typeof value === "string") return { key, value };
  } catch {
    // it is damaged, as below
  }
  throw new HostError(FAIL_STORE, `${path} is damaged, or no sign-in`);
}

/** replace writes a file whole or not at all: nobody sees a part of it, and what was there stays where it fails. */
async function replace(path: string, text: string): Promise<void> {
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    const file = await open(temporary, "wx", 0o600);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (e) {
    await unlink(temporary).catch(() => undefined);
    throw e;
  }
}

/** A name is durable once its folder is written. Windows, and some file systems, do not know that for folders. */
async function syncFolder(dir: string): Promise<void> {
  if (!POSIX) return;
  const folder = await open(dir, "r");
  await folder.sync().catch(() => undefined);
  await folder.close();
}

function unlessMissing(e: NodeJS.ErrnoException): undefined {
  if (e.code !== "ENOENT") throw e;
}
