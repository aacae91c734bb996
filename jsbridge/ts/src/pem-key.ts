import { constants, createPrivateKey, createPublicKey, sign } from "node:crypto";
import type { KeyObject, SignKeyObjectInput } from "node:crypto";
import { HostError } from "./host-error.js";
import { FAIL_KEY } from "./msg.gen.js";
import { thumbprintJson } from "./signer.js";
import type { SignAnswer } from "./signer.js";

/** How to sign by an algorithm of JWS, and with which kind of key. */
interface Algorithm {
  type: string;
  curve?: string;
  hash: string | null;
  how: Omit<SignKeyObjectInput, "key">;
}

const { RSA_PKCS1_PADDING, RSA_PKCS1_PSS_PADDING, RSA_PSS_SALTLEN_DIGEST } = constants;

/** RFC 7518 section 3.1 and RFC 8037 section 3.1. The first that fits a key is its own. */
const ALGORITHMS = new Map<string, Algorithm>([
  ["ES256", { type: "ec", curve: "prime256v1", hash: "sha256", how: { dsaEncoding: "ieee-p1363" } }],
  ["ES384", { type: "ec", curve: "secp384r1", hash: "sha384", how: { dsaEncoding: "ieee-p1363" } }],
  ["RS256", { type: "rsa", hash: "sha256", how: { padding: RSA_PKCS1_PADDING } }],
  ["PS256", { type: "rsa", hash: "sha256", how: { padding: RSA_PKCS1_PSS_PADDING, saltLength: RSA_PSS_SALTLEN_DIGEST } }],
  ["EdDSA", { type: "ed25519", hash: null, how: {} }],
]);

/** RFC 7518 section 3.3. */
const MIN_RSA_BITS = 2048;

/**
 * signWithPem signs with a key that is a text: PKCS #8 in PEM, not encrypted.
 *
 * @param wanted - an algorithm's name; empty is the key's own
 * @throws HostError "key" where it is no such key, or does not sign that way; it quotes nothing of the key
 */
export function signWithPem(pem: string, wanted: string, data: Uint8Array): SignAnswer {
  const key = parsed(pem);
  const [algorithm, { hash, how }] = chosen(key, wanted);
  const jwk = thumbprintJson(createPublicKey(key).export({ format: "jwk" }));
  const signature = data.length === 0 ? data : new Uint8Array(sign(hash, data, { key, ...how }));
  return { signature, jwk, algorithm };
}

function parsed(pem: string): KeyObject {
  try {
    return createPrivateKey(pem);
  } catch {
    throw new HostError(FAIL_KEY, "it is no private key in PEM (PKCS #8), or has a passphrase");
  }
}

function chosen(key: KeyObject, wanted: string): [string, Algorithm] {
  const { asymmetricKeyType: type, asymmetricKeyDetails: { namedCurve, modulusLength = 0 } = {} } = key;
  if (type === "rsa" && modulusLength < MIN_RSA_BITS) throw new HostError(FAIL_KEY, `an RSA key needs ${MIN_RSA_BITS} bits, this has ${modulusLength}`);
  const fitting = [...ALGORITHMS].filter(([, each]) => each.type === type && each.curve === namedCurve);
  const found = wanted === "" ? fitting[0] : fitting.find(([name]) => name === wanted);
  if (found !== undefined) return found;
  throw new HostError(FAIL_KEY, `a key of ${namedCurve ?? type ?? "this kind"} does not sign with ${wanted || "any known algorithm"}`);
}
