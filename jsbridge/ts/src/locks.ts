/** Lets one at a time work on each key. */
export interface Locks {
  /**
   * lock resolves when nobody else has the key, with what gives it back. Calls of that after the first do nothing.
   *
   * @throws the signal's reason, once that gives up waiting
   */
  lock(key: string, signal: AbortSignal): Promise<() => void>;
}

/** QueueLocks are for those that share this object: first come, first served. */
export class QueueLocks implements Locks {
  /** Who waits, for each key that somebody has. */
  private readonly queues = new Map<string, (() => void)[]>();

  lock(key: string, signal: AbortSignal): Promise<() => void> {
    return new Promise((resolve, reject) => {
      signal.throwIfAborted();
      const queue = this.queues.get(key);
      if (queue === undefined) {
        this.queues.set(key, []);
        resolve(this.releaser(key));
        return;
      }
      const giveUp = (): void => {
        queue.splice(queue.indexOf(grant), 1);
        reject(signal.reason);
      };
      const grant = (): void => {
        signal.removeEventListener("abort", giveUp);
        resolve(this.releaser(key));
      };
      signal.addEventListener("abort", giveUp, { once: true });
      queue.push(grant);
    });
  }

  private releaser(key: string): () => void {
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      const next = this.queues.get(key)?.shift();
      if (next === undefined) this.queues.delete(key);
      else next();
    };
  }
}
