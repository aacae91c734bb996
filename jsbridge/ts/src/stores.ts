import type { AccountStore } from "./account-store.js";
import type { Env } from "./driver.js";
import { guarded } from "./emitter.js";
import { HostError } from "./host-error.js";
import { FAIL_STORE, FAIL_UNSUPPORTED, STORE_ACCOUNTS, STORE_ENV, STORE_FILES, STORE_INPUTS, STORE_TRUST } from "./msg.gen.js";
import type { Get, Input, Lock, Put } from "./msg.gen.js";
import { Owed } from "./owed.js";
import type { Settle } from "./owed.js";
import type { TrustStore } from "./trust.js";

/** Reads a file that a configuration names, as text; undefined is "there is none". Rejects where it cannot be read. */
export type Files = (path: string) => Promise<string | undefined>;

/** What the stores need of the driver that they belong to. */
export interface StoresOptions {
  env: Env;
  /** Without it, no file can be read. */
  files: Files | undefined;
  accounts: AccountStore;
  trust: TrustStore;
  push: (input: Input) => void;
}

/** Begins the names under which answers to prompts are kept, beside the sign-ins. */
const INPUT = "input:";

/** What the one store knows a key of a Get or Put by. */
function nameOf(store: string, key: string): string {
  if (store === STORE_INPUTS) return INPUT + key;
  if (store === STORE_ACCOUNTS || store === STORE_TRUST) return key;
  throw new HostError(FAIL_UNSUPPORTED, "there is no such store");
}

/** Stores answer each Get, Put and Lock with exactly one Stored. */
export class Stores {
  private readonly values: Owed<string | undefined>;
  private readonly locks: Owed<undefined>;
  /** What gives back the locks that are held, by their effects' ids. */
  private readonly held = new Map<number, () => void>();
  /** What is being kept at the moment. */
  private readonly writing = new Set<Promise<undefined>>();

  constructor(private readonly options: StoresOptions) {
    // a host without types may have null for "there is none", as localStorage does
    const stored: Settle<string | undefined> = (id, value, failed) =>
      options.push({ stored: { id, found: typeof value === "string", value: value ?? "", failure: failed } });
    this.values = new Owed(stored);
    this.locks = new Owed(stored);
  }

  get({ id, store, key }: Get): void {
    this.values.answer(id, FAIL_STORE, () => this.look(store, key));
  }

  put(effect: Put): void {
    this.values.answer(effect.id, FAIL_STORE, () => {
      const written = this.keep(effect).finally(() => this.writing.delete(written));
      this.writing.add(written);
      return written;
    });
  }

  lock({ id, key }: Lock): void {
    this.locks.answer(id, FAIL_STORE, async (signal) => {
      const release = await this.options.accounts.lock(key, signal);
      if (signal.aborted) guarded(release, undefined);
      else this.held.set(id, release);
      return undefined;
    });
  }

  /** unlock gives a lock back; one that is not held is none. */
  unlock(id: number): void {
    const release = this.held.get(id);
    this.held.delete(id);
    if (release !== undefined) guarded(release, undefined);
  }

  /** abort gives up waiting for a lock. One that was had before the core could know is given back. */
  abort(id: number): void {
    this.locks.abort(id);
    this.unlock(id);
  }

  /**
   * close answers what is not answered, and gives all locks back once nothing is being kept any more: whoever has a
   * lock next must not find what was there before.
   */
  close(): void {
    this.values.close();
    this.locks.close();
    void Promise.allSettled(this.writing).then(() => {
      for (const id of [...this.held.keys()]) this.unlock(id);
    });
  }

  private look(store: string, key: string): string | undefined | Promise<string | undefined> {
    if (store === STORE_ENV) return this.variable(key);
    if (store === STORE_FILES) return this.file(key);
    if (store === STORE_TRUST) return this.options.trust.get(key);
    return store === STORE_ACCOUNTS || store === STORE_INPUTS ? this.kept(store, key) : undefined;
  }

  private async kept(store: string, key: string): Promise<string | undefined> {
    const { accounts } = this.options;
    if (key !== "") return accounts.get(nameOf(store, key));
    const inputs = store === STORE_INPUTS;
    const keys = (await accounts.keys()).filter((name) => name.startsWith(INPUT) === inputs);
    return keys.map((name) => (inputs ? name.slice(INPUT.length) : name)).join("\n");
  }

  private async keep(effect: Put): Promise<undefined> {
    const store = effect.store === STORE_TRUST ? this.options.trust : this.options.accounts;
    const name = nameOf(effect.store, effect.key);
    await (effect.delete ? store.delete(name) : store.put(name, effect.value));
    return undefined;
  }

  /** Whoever cannot look has not found. */
  private variable(name: string): string | undefined | Promise<string | undefined> {
    try {
      const value = this.options.env(name);
      return value instanceof Promise ? value.catch(() => undefined) : value;
    } catch {
      return undefined;
    }
  }

  private file(path: string): Promise<string | undefined> {
    if (this.options.files === undefined) throw new HostError(FAIL_UNSUPPORTED, "no file can be read here");
    return this.options.files(path);
  }
}
