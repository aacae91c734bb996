/** Keeps what the person has agreed to. There is no secret in it. */
import type { TrustStore } from "headfast";
import type { Memento } from "../base/storage.js";

const prefix = "agreed:";

export class MementoTrust implements TrustStore {
  constructor(private readonly memento: Memento) {}

  async get(key: string): Promise<string | undefined> {
    return this.memento.get<string | undefined>(prefix + key, undefined);
  }

  async put(key: string, value: string): Promise<void> {
    await this.memento.update(prefix + key, value);
  }

  async delete(key: string): Promise<void> {
    await this.memento.update(prefix + key, undefined);
  }

  async keys(): Promise<string[]> {
    return this.memento.keys().flatMap((key) => (key.startsWith(prefix) ? [key.slice(prefix.length)] : []));
  }
}
