import assert from "node:assert/strict";
import { createPublicKey, verify } from "node:crypto";
import type { JsonWebKey } from "node:crypto";
import { test } from "node:test";
import { HostError } from "../src/host-error.js";
import type { HttpDriver, HttpSignal, HttpSink } from "../src/http.js";
import type { Effect, HTTP } from "../src/msg.gen.js";
import type { SignAnswer, Signer } from "../src/signer.js";
import { MemoryKeyPairs, WebSigner } from "../src/web-signer.js";
import { CoreRig } from "./core-rig.js";
import { turns } from "./fake.js";

const NOTHING = new Uint8Array(0);
const sign = (id: number, key = "k", data: Uint8Array = NOTHING): Effect => ({ sign: { id, key, algorithm: "ES256", data } });
const proven = (id: number): Effect => ({
  http: {
    id, session: 1, method: "POST", url: "https://as.test/token", headers: [{ name: "A", value: "1" }], body: NOTHING, guarded: false,
    proof: { key: "dpop:a", input: "aGVhZA.cGF5" },
  },
});

/** A signer that answers with what the test resolves. */
class ManualSigner implements Signer {
  readonly asked: unknown[] = [];
  answer: (value: SignAnswer) => void = () => undefined;
  fail: (why: Error) => void = () => undefined;
  sign(request: unknown): Promise<SignAnswer> {
    this.asked.push(request);
    return new Promise((resolve, reject) => Object.assign(this, { answer: resolve, fail: reject }));
  }
}

class ManualHttp implements HttpDriver {
  readonly sent: { effect: HTTP; sink: HttpSink; signal: HttpSignal }[] = [];
  send(effect: HTTP, sink: HttpSink, signal: HttpSignal): void {
    if (effect.id === 666) throw new Error("broken");
    this.sent.push({ effect, sink, signal });
  }
  close(): void {
    // it has nothing to give back
  }
}

const SIGNED: SignAnswer = { signature: new Uint8Array([0xfb, 0xff, 0xbf]), jwk: "{}", algorithm: "ES256" };

test("each Sign has one Signed: the signature, or why there is none", async () => {
  const signer = new ManualSigner();
  const rig = new CoreRig(undefined, { signer });
  await rig.tell(sign(1, "env:K", new Uint8Array([1, 2])));
  assert.deepEqual(signer.asked, [{ key: "env:K", algorithm: "ES256", data: new Uint8Array([1, 2]) }]);
  signer.answer(SIGNED);
  await rig.tell(sign(2));
  signer.fail(new Error("no such key"));
  await rig.tell(sign(3));
  signer.fail(new HostError("locked", "the keychain is locked"));
  await rig.tell(sign(4));
  await rig.core.close();
  assert.deepEqual(rig.of("signed").map((s) => [s.id, Buffer.from(s.signature).toString("hex"), s.jwk, s.algorithm, s.failure?.kind]), [
    [1, "fbffbf", "{}", "ES256", undefined], [2, "", "", "", "key"], [3, "", "", "", "locked"], [4, "", "", "", "aborted"],
  ]);
  const throws = new CoreRig(undefined, { signer: { sign: () => { throw new Error("sync"); } } });
  await throws.tell(sign(1), proven(2));
  assert.deepEqual([throws.of("signed")[0]?.failure?.kind, throws.of("end")[0]?.failure?.kind], ["key", "key"]);
});

test("a proof is signed and goes with its request, after the headers that are there", async () => {
  const [signer, http] = [new ManualSigner(), new ManualHttp()];
  const rig = new CoreRig(undefined, { signer, http });
  await rig.tell(proven(1));
  assert.equal(http.sent.length, 0, "not before it is signed");
  assert.deepEqual(signer.asked, [{ key: "dpop:a", algorithm: "", data: new TextEncoder().encode("aGVhZA.cGF5") }]);
  signer.answer(SIGNED);
  await turns();
  assert.deepEqual(http.sent[0]?.effect.headers, [{ name: "A", value: "1" }, { name: "DPoP", value: "aGVhZA.cGF5.-_-_" }]);
  assert.equal(http.sent[0]?.effect.proof, undefined);
  http.sent[0]?.sink.end();
  await turns();
  assert.deepEqual(rig.of("end"), [{ id: 1, failure: undefined }]);
});

test("a request whose proof cannot be signed is not sent", async () => {
  const [signer, http] = [new ManualSigner(), new ManualHttp()];
  const rig = new CoreRig(undefined, { signer, http });
  await rig.tell(proven(1));
  signer.fail(new HostError("locked", "shut"));
  await turns();
  assert.deepEqual(rig.of("end"), [{ id: 1, failure: { kind: "key", detail: "shut", sent: false } }]);
  await rig.tell(proven(666));
  signer.answer(SIGNED);
  await turns();
  assert.deepEqual(rig.of("end")[1], { id: 666, failure: { kind: "connect", detail: "broken", sent: false } });
  assert.equal(http.sent.length, 0);
});

test("a request that is given up while its proof is signed is not sent, by an abort or by the end", async () => {
  const [signer, http] = [new ManualSigner(), new ManualHttp()];
  const rig = new CoreRig(undefined, { signer, http });
  await rig.tell(proven(1));
  await rig.tell({ abort: { id: 1 } });
  signer.answer(SIGNED);
  await turns();
  assert.deepEqual(rig.of("end"), [{ id: 1, failure: { kind: "aborted", detail: "aborted", sent: false } }]);
  await rig.tell(proven(2));
  await rig.core.close();
  signer.answer(SIGNED);
  await turns();
  assert.deepEqual([http.sent.length, rig.of("end")[1]?.failure?.sent], [0, false]);
});

test("a dpop key is made once for each account, and signs what node:crypto can verify", async () => {
  const signer = new WebSigner();
  const data = new TextEncoder().encode("aGVhZA.cGF5");
  const all = await Promise.all([1, 2, 3].map(() => signer.sign({ key: "dpop:a", algorithm: "", data })));
  const [first] = all as [SignAnswer];
  assert.equal(new Set(all.map((each) => each.jwk)).size, 1, "asked for at once, it is made once");
  assert.deepEqual([first.signature.length, first.algorithm], [64, "ES256"]);
  assert.match(first.jwk, /^\{"crv":"P-256","kty":"EC","x":"[\w-]{43}","y":"[\w-]{43}"\}$/);
  const key = createPublicKey({ key: JSON.parse(first.jwk) as JsonWebKey, format: "jwk" });
  assert.ok(verify("sha256", data, { key, dsaEncoding: "ieee-p1363" }, first.signature));
  const bare = await signer.sign({ key: "dpop:a", algorithm: "ES256", data: NOTHING });
  assert.deepEqual([bare.signature.length, bare.jwk, bare.algorithm], [0, first.jwk, "ES256"]);
  const other = await signer.sign({ key: "dpop:b", algorithm: "", data: NOTHING });
  assert.notEqual(other.jwk, first.jwk);
});

test("a dpop key cannot be extracted", async () => {
  const pairs = new MemoryKeyPairs();
  await new WebSigner(pairs).sign({ key: "dpop:a", algorithm: "", data: NOTHING });
  const pair = await pairs.get("dpop:a");
  assert.ok(pair !== undefined);
  assert.deepEqual([pair.privateKey.extractable, pair.privateKey.usages], [false, ["sign"]]);
  for (const format of ["jwk", "pkcs8"] as const) {
    await assert.rejects(crypto.subtle.exportKey(format, pair.privateKey), { message: "key is not extractable" });
  }
});

test("another kind of key, or another algorithm, is refused", async () => {
  const signer = new WebSigner();
  for (const key of ["env:K", "file:/k", "k", ""]) {
    await assert.rejects(signer.sign({ key, algorithm: "", data: NOTHING }), { name: "HostError", kind: "key" });
  }
  await assert.rejects(signer.sign({ key: "dpop:a", algorithm: "RS256", data: NOTHING }), { kind: "key" });
});
