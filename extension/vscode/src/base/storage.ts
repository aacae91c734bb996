/** What is used of VS Code's storage. */

/** SecretStorage: VS Code keeps it in the system's keychain. */
export interface Secrets {
  get(key: string): PromiseLike<string | undefined>;
  store(key: string, value: string): PromiseLike<void>;
  delete(key: string): PromiseLike<void>;
}

/** Memento: plain text on the disk, never for a secret. */
export interface Memento {
  get<T>(key: string, otherwise: T): T;
  /** undefined forgets the key. */
  update(key: string, value: unknown): PromiseLike<void>;
  keys(): readonly string[];
}
