import { QueueLocks } from "./locks.js";
import type { Locks } from "./locks.js";

/** WebLocks are for all pages and workers of an origin (https://w3c.github.io/web-locks/). */
export class WebLocks implements Locks {
  constructor(private readonly manager: Pick<LockManager, "request">) {}

  lock(key: string, signal: AbortSignal): Promise<() => void> {
    return new Promise((resolve, reject) => {
      const hold = (): Promise<void> => new Promise((release) => resolve(release));
      // It rejects where it was given up; after it was had, nobody waits for that any more.
      this.manager.request(`headfast account ${key}`, { signal }, hold).catch(reject);
    });
  }
}

/** pageLocks are Web Locks where the browser has them: in pages that came by https or from this machine. */
export function pageLocks(): Locks {
  const { locks } = navigator as { locks?: LockManager };
  return locks === undefined ? new QueueLocks() : new WebLocks(locks);
}
