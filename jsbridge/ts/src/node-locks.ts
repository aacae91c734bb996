import { open } from "node:fs/promises";
import { setTimeout as pause } from "node:timers/promises";
import { text } from "./errors.js";
import { HostError } from "./host-error.js";
import { QueueLocks } from "./locks.js";
import type { Locks } from "./locks.js";
import { FAIL_STORE } from "./msg.gen.js";

/** How long to wait before a lock that another process has is tried again, in milliseconds; and as much again at most. */
const RETRY_MS = 20;

/**
 * FileLocks lock files, by their paths, for all processes of a machine. The locks are the system's (F_OFD_SETLK,
 * flock, LockFileEx), so that a process that dies, however it does, has given them back; nothing is ever taken for
 * stale. Node has no such locks itself, hence fs-native-extensions, which is loaded when it is first needed. The files
 * stay: one that is removed while another process waits for it would be two.
 */
export class FileLocks implements Locks {
  private readonly queue = new QueueLocks();

  /** lock locks a file, which is made where there is none; it rejects with a HostError "store" where that cannot be. */
  async lock(path: string, signal: AbortSignal): Promise<() => void> {
    const leave = await this.queue.lock(path, signal);
    try {
      const release = await lockFile(path, signal);
      return () => {
        release();
        leave();
      };
    } catch (e) {
      leave();
      throw e;
    }
  }
}

async function lockFile(path: string, signal: AbortSignal): Promise<() => void> {
  const { tryLock, unlock } = await native();
  const file = await open(path, "a", 0o600);
  const close = (): void => void file.close().catch(() => undefined); // what it locked is unlocked all the same
  try {
    // The addon can wait itself, but on a thread that whoever has the lock may need to write its file.
    while (!tryLock(file.fd)) await pause(RETRY_MS * (1 + Math.random()), undefined, { signal });
  } catch (e) {
    close();
    signal.throwIfAborted();
    throw e;
  }
  let held = true;
  return () => {
    if (!held) return;
    held = false;
    unlock(file.fd);
    close();
  };
}

async function native(): Promise<typeof import("fs-native-extensions")> {
  try {
    return await import("fs-native-extensions");
  } catch (e) {
    throw new HostError(FAIL_STORE, `files cannot be locked here: ${text(e)}`);
  }
}
