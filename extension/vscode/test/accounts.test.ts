import assert from "node:assert/strict";
import { test } from "node:test";
import { SecretAccounts } from "../src/signin/accounts.js";

function rig() {
  const secrets = new Map<string, string>();
  const memento = new Map<string, unknown>();
  const storage = {
    get: async (key: string) => secrets.get(key),
    store: async (key: string, value: string) => void secrets.set(key, value),
    delete: async (key: string) => void secrets.delete(key),
  };
  const listed = {
    get: <T>(key: string, otherwise: T) => (memento.get(key) as T | undefined) ?? otherwise,
    update: async (key: string, value: unknown) => void memento.set(key, value),
    keys: () => [...memento.keys()],
  };
  const accounts = new SecretAccounts(storage, listed, async () => () => undefined);
  return { accounts, secrets, memento };
}

test("a sign-in is kept in the secret storage, and only its key beside it", async () => {
  const { accounts, secrets, memento } = rig();
  await accounts.put("a.test-1", "fake-token-text");
  await accounts.put("a.test-1", "fake-token-newer");
  await accounts.put("b.test-2", "fake-token-other");
  assert.equal(await accounts.get("a.test-1"), "fake-token-newer");
  assert.deepEqual(await accounts.keys(), ["a.test-1", "b.test-2"]);
  assert.equal(secrets.size, 2);
  assert.ok(!JSON.stringify([...memento]).includes("fake-token"));
});

test("what is forgotten is gone from both", async () => {
  const { accounts, secrets } = rig();
  await accounts.put("a.test-1", "fake-token-text");
  await accounts.delete("a.test-1");
  await accounts.delete("a.test-1");
  assert.equal(await accounts.get("a.test-1"), undefined);
  assert.deepEqual(await accounts.keys(), []);
  assert.equal(secrets.size, 0);
});
