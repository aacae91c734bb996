/** Where sign-ins are kept in the editor. */
import type { AccountStore } from "headfast";
import type { Memento, Secrets } from "../base/storage.js";

const prefix = "account:";
const index = "headfast.accounts";

/**
 * SecretAccounts keeps sign-ins in the editor's secret storage. That cannot tell what it has, so the keys, which are no
 * secrets, are listed beside it; it has no locks either, so two windows may renew a token at the same moment.
 */
export class SecretAccounts implements AccountStore {
  constructor(
    private readonly secrets: Secrets,
    private readonly memento: Memento,
    readonly lock: AccountStore["lock"],
  ) {}

  async get(key: string): Promise<string | undefined> {
    return this.secrets.get(prefix + key);
  }

  async put(key: string, value: string): Promise<void> {
    await this.secrets.store(prefix + key, value);
    const keys = await this.keys();
    if (!keys.includes(key)) await this.memento.update(index, [...keys, key]);
  }

  async delete(key: string): Promise<void> {
    await this.secrets.delete(prefix + key);
    await this.memento.update(index, (await this.keys()).filter((k) => k !== key));
  }

  async keys(): Promise<string[]> {
    return this.memento.get<string[]>(index, []);
  }
}
