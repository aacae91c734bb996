import { QueueLocks } from "./locks.js";
import type { Locks } from "./locks.js";

/**
 * Keeps sign-ins: texts that hold tokens, so they belong in a keychain, or where nobody else can read. Each method
 * rejects with a {@link HostError} "locked" where the store is there and does not open, and with anything else where
 * it does not work; nothing is lost then.
 */
export interface AccountStore {
  /** get is what was kept, or undefined. */
  get(key: string): Promise<string | undefined>;
  /** put keeps a value in the place of what was there: whole or not at all, and durably once it resolves. */
  put(key: string, value: string): Promise<void>;
  /** delete forgets a value; that there is none is no error. */
  delete(key: string): Promise<void>;
  /** keys are those of all that is kept, in no order. */
  keys(): Promise<string[]>;
  /**
   * lock resolves when nobody else, of all that share the store, in other processes too, works on the account; with
   * what gives the lock back. Whose process dies has given it back. It rejects once the signal gives up.
   */
  lock(key: string, signal: AbortSignal): Promise<() => void>;
}

/** MemoryAccounts keeps sign-ins for as long as it lives. */
export class MemoryAccounts implements AccountStore {
  private readonly values = new Map<string, string>();

  constructor(private readonly locks: Locks = new QueueLocks()) {}

  async get(key: string): Promise<string | undefined> {
    return this.values.get(key);
  }

  async put(key: string, value: string): Promise<void> {
    this.values.set(key, value);
  }

  async delete(key: string): Promise<void> {
    this.values.delete(key);
  }

  async keys(): Promise<string[]> {
    return [...this.values.keys()];
  }

  lock(key: string, signal: AbortSignal): Promise<() => void> {
    return this.locks.lock(key, signal);
  }
}
