import type { KeyPairs } from "./web-signer.js";

const STORE = "pairs";

/**
 * IndexedKeyPairs keeps keys in IndexedDB, so that a sign-in outlives its page. The browser keeps them as they are:
 * they still cannot be extracted, and whoever runs a script of this origin can sign with them but not take them along.
 */
export class IndexedKeyPairs implements KeyPairs {
  private readonly known = new Map<string, CryptoKeyPair>();

  /** @param database - its name; it holds nothing else */
  constructor(private readonly database = "headfast-keys") {}

  /** @throws DOMException where the browser has no room, or does not let this page have a database */
  async get(name: string): Promise<CryptoKeyPair | undefined> {
    const known = this.known.get(name) ?? (await this.transact("readonly", (store) => found(store, name)));
    if (known !== undefined) this.known.set(name, known);
    return known;
  }

  /** @throws DOMException as {@link get} */
  async add(name: string, pair: CryptoKeyPair): Promise<CryptoKeyPair> {
    return this.transact("readwrite", async (store) => {
      const kept = await found(store, name);
      if (kept === undefined) await result(store.add(pair, name));
      return kept ?? pair;
    });
  }

  /** transact does work in one transaction, and resolves when that is done: another page sees all of it or nothing. */
  private async transact<T>(mode: IDBTransactionMode, work: (store: IDBObjectStore) => Promise<T>): Promise<T> {
    const database = await opened(this.database);
    try {
      const transaction = database.transaction(STORE, mode);
      const [value] = await Promise.all([work(transaction.objectStore(STORE)), completed(transaction)]);
      return value;
    } finally {
      database.close();
    }
  }
}

function opened(name: string): Promise<IDBDatabase> {
  const request = indexedDB.open(name, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(STORE);
  return result(request);
}

function found(store: IDBObjectStore, name: string): Promise<CryptoKeyPair | undefined> {
  return result(store.get(name) as IDBRequest<CryptoKeyPair | undefined>);
}

function result<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function completed(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
  });
}
