import assert from "node:assert/strict";
import { constants, createPublicKey, generateKeyPairSync, verify } from "node:crypto";
import type { JsonWebKey, KeyObject, VerifyKeyObjectInput } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { NodeSigner } from "../src/node-signer.js";
import type { SignAnswer } from "../src/signer.js";
import { folder } from "./folder.js";

const DATA = new TextEncoder().encode("header.payload");
const NOTHING = new Uint8Array(0);

const pem = (key: KeyObject): string => key.export({ type: "pkcs8", format: "pem" }) as string;
const ec = (namedCurve: string): string => pem(generateKeyPairSync("ec", { namedCurve }).privateKey);
const rsa = (modulusLength: number): string => pem(generateKeyPairSync("rsa", { modulusLength }).privateKey);

const KEYS: Record<string, string> = {
  P256: ec("P-256"), P384: ec("P-384"), P521: ec("P-521"), K1: ec("secp256k1"), RSA: rsa(2048), SHORT: rsa(1024),
  ED: pem(generateKeyPairSync("ed25519").privateKey), ED448: pem(generateKeyPairSync("ed448").privateKey),
};

const signer = new NodeSigner({ env: (name) => KEYS[name] });

function verified(hash: string | null, { signature, jwk }: SignAnswer, how: Omit<VerifyKeyObjectInput, "key"> = {}): boolean {
  const key = createPublicKey({ key: JSON.parse(jwk) as JsonWebKey, format: "jwk" });
  return verify(hash, DATA, { key, ...how }, signature);
}

/** Each row: a key, an algorithm ("" is its own), the algorithm that it signs with, how node:crypto verifies it, and the JWK's members. */
const P1363 = { dsaEncoding: "ieee-p1363" } as const;
const PSS = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 };
for (const [key, wanted, algorithm, hash, how, members, size] of [
  ["P256", "", "ES256", "sha256", P1363, "crv kty x y", 64], ["P256", "ES256", "ES256", "sha256", P1363, "crv kty x y", 64],
  ["P384", "", "ES384", "sha384", P1363, "crv kty x y", 96], ["P384", "ES384", "ES384", "sha384", P1363, "crv kty x y", 96],
  ["RSA", "", "RS256", "sha256", {}, "e kty n", 256], ["RSA", "RS256", "RS256", "sha256", {}, "e kty n", 256],
  ["RSA", "PS256", "PS256", "sha256", PSS, "e kty n", 256],
  ["ED", "", "EdDSA", null, {}, "crv kty x", 64], ["ED", "EdDSA", "EdDSA", null, {}, "crv kty x", 64],
] as const) {
  test(`${key} signs with ${wanted || "its own algorithm"}, and node:crypto verifies it`, async () => {
    const answer = await signer.sign({ key: `env:${key}`, algorithm: wanted, data: DATA });
    assert.deepEqual([answer.algorithm, answer.signature.length], [algorithm, size]);
    assert.ok(verified(hash, answer, how));
    assert.equal(Object.keys(JSON.parse(answer.jwk) as object).join(" "), members);
    assert.doesNotMatch(answer.jwk, /\s/);
    const bare = await signer.sign({ key: `env:${key}`, algorithm: wanted, data: NOTHING });
    assert.deepEqual(bare, { signature: NOTHING, jwk: answer.jwk, algorithm });
  });
}

test("the thumbprint's members are those of RFC 7638 section 3.1", async () => {
  const n = "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw";
  const { thumbprintJson } = await import("../src/signer.js");
  const digest = Buffer.from(await crypto.subtle.digest("SHA-256", Buffer.from(thumbprintJson({ kty: "RSA", n, e: "AQAB", alg: "RS256" }))));
  assert.equal(digest.toString("base64url"), "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs");
});

test("a key does not sign with what is another's, and what is no key signs nothing", async () => {
  for (const [key, algorithm] of [
    ["P256", "ES384"], ["P384", "ES256"], ["P256", "RS256"], ["RSA", "ES256"], ["RSA", "HS256"], ["RSA", "none"], ["ED", "ES256"], ["P256", "toString"],
    ["P521", ""], ["K1", ""], ["K1", "ES256"], ["ED448", ""], ["ED448", "EdDSA"], ["SHORT", ""], ["SHORT", "PS256"],
  ] as const) {
    await assert.rejects(signer.sign({ key: `env:${key}`, algorithm, data: DATA }), { name: "HostError", kind: "key" }, `${key} ${algorithm}`);
  }
});

test("a key that is not there, or none, or encrypted, is said without what is in it", async (t) => {
  const dir = folder(t);
  const encrypted = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey
    .export({ type: "pkcs8", format: "pem", cipher: "aes-256-cbc", passphrase: "secret" }) as string;
  const texts: Record<string, string> = { EMPTY: "", WORDS: "secret", ENCRYPTED: encrypted, PUBLIC: "-----BEGIN PUBLIC KEY-----\nsecret\n-----END PUBLIC KEY-----\n" };
  const other = new NodeSigner({ env: (name) => texts[name] });
  for (const name of Object.keys(texts)) {
    await assert.rejects(other.sign({ key: `env:${name}`, algorithm: "", data: DATA }), {
      kind: "key", message: "it is no private key in PEM (PKCS #8), or has a passphrase",
    });
  }
  await assert.rejects(other.sign({ key: "env:NONE", algorithm: "", data: DATA }), { kind: "key", message: "the variable NONE is not set" });
  await assert.rejects(other.sign({ key: `file:${join(dir, "none")}`, algorithm: "", data: DATA }), { kind: "key", message: /there is no file/ });
  await assert.rejects(other.sign({ key: `file:${dir}`, algorithm: "", data: DATA }), { code: "EISDIR" });
  await assert.rejects(other.sign({ key: "nonsense", algorithm: "", data: DATA }), { kind: "key" });
});

test("a key in a file is read each time, one for dpop is made", async (t) => {
  const path = join(folder(t), "key.pem");
  const files = new NodeSigner({ env: () => assert.fail("no variable is asked for") });
  const seen = new Set<string>();
  for (const key of ["P256", "P384"]) {
    writeFileSync(path, KEYS[key] ?? "");
    seen.add((await files.sign({ key: `file:${path}`, algorithm: "", data: DATA })).algorithm);
  }
  assert.deepEqual([...seen], ["ES256", "ES384"]);
  const made = await files.sign({ key: "dpop:env:P384", algorithm: "", data: DATA });
  assert.ok(verified("sha256", made, P1363));
});
