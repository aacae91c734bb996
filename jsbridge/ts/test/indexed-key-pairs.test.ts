import assert from "node:assert/strict";
import "fake-indexeddb/auto";
import { test } from "node:test";
import { IndexedKeyPairs } from "../src/indexed-key-pairs.js";
import type { SignAnswer } from "../src/signer.js";
import { WebSigner } from "../src/web-signer.js";

const sign = (database: string, key: string): Promise<SignAnswer> =>
  new WebSigner(new IndexedKeyPairs(database)).sign({ key, algorithm: "", data: new Uint8Array([1]) });

const made = (): Promise<CryptoKeyPair> =>
  crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, false, ["sign", "verify"]);

test("a key outlives its signer, and pages that make one at once have the same", async () => {
  const pages = await Promise.all([1, 2, 3, 4].map(() => sign("one", "dpop:a")));
  assert.equal(new Set(pages.map((page) => page.jwk)).size, 1);
  assert.equal((await sign("one", "dpop:a")).jwk, pages[0]?.jwk);
  assert.notEqual((await sign("one", "dpop:b")).jwk, pages[0]?.jwk);
  assert.notEqual((await sign("other", "dpop:a")).jwk, pages[0]?.jwk);
});

test("what is kept is the key itself, which cannot be extracted", async () => {
  await sign("kept", "dpop:a");
  const pair = await new IndexedKeyPairs("kept").get("dpop:a");
  assert.ok(pair?.privateKey instanceof CryptoKey);
  assert.equal(pair.privateKey.extractable, false);
});

test("a pair that is kept stays, and one that is looked up is looked up once", async (t) => {
  const pairs = new IndexedKeyPairs("looked");
  const [first, second] = [await made(), await made()];
  assert.equal(await pairs.get("a"), undefined);
  assert.equal(await pairs.add("a", first), first);
  const jwk = (pair: CryptoKeyPair | undefined): Promise<JsonWebKey> => crypto.subtle.exportKey("jwk", (pair as CryptoKeyPair).publicKey);
  assert.deepEqual(await jwk(await pairs.add("a", second)), await jwk(first));
  assert.deepEqual(await jwk(await pairs.get("a")), await jwk(first));
  t.mock.method(indexedDB, "open", () => assert.fail("it is asked again"));
  assert.deepEqual(await jwk(await pairs.get("a")), await jwk(first));
});

test("a browser that has no room or no database says so", async (t) => {
  t.mock.method(indexedDB, "open", () => {
    const request: { error: DOMException; onerror?: () => void } = { error: new DOMException("no room", "QuotaExceededError") };
    queueMicrotask(() => request.onerror?.());
    return request;
  });
  await assert.rejects(sign("broken", "dpop:a"), { name: "QuotaExceededError", message: "no room" });
});
