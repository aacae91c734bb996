import { HostError } from "./host-error.js";
import { FAIL_KEY } from "./msg.gen.js";
import { thumbprintJson } from "./signer.js";
import type { SignAnswer, SignRequest, Signer } from "./signer.js";

/** Keeps the keys that a {@link WebSigner} makes. */
export interface KeyPairs {
  get(name: string): Promise<CryptoKeyPair | undefined>;
  /** add keeps a pair unless there is one already, and answers which of the two it is. */
  add(name: string, pair: CryptoKeyPair): Promise<CryptoKeyPair>;
}

/** MemoryKeyPairs keeps keys for as long as it lives. */
export class MemoryKeyPairs implements KeyPairs {
  private readonly pairs = new Map<string, CryptoKeyPair>();

  async get(name: string): Promise<CryptoKeyPair | undefined> {
    return this.pairs.get(name);
  }

  async add(name: string, pair: CryptoKeyPair): Promise<CryptoKeyPair> {
    const kept = this.pairs.get(name) ?? pair;
    this.pairs.set(name, kept);
    return kept;
  }
}

const DPOP = "dpop:";
const ES256 = "ES256";
const P256 = { name: "ECDSA", namedCurve: "P-256" };

/**
 * WebSigner makes the keys of "dpop:" with WebCrypto and signs with them. They are ES256 and cannot be extracted,
 * by us neither. Whoever wants them to outlive the page gives it {@link KeyPairs} that do.
 */
export class WebSigner implements Signer {
  constructor(private readonly pairs: KeyPairs = new MemoryKeyPairs()) {}

  /** @throws HostError "key" for another kind of key, for another algorithm, and where there is no WebCrypto */
  async sign({ key, algorithm, data }: SignRequest): Promise<SignAnswer> {
    if (!key.startsWith(DPOP)) throw new HostError(FAIL_KEY, "there are no keys in variables or files here");
    if (algorithm !== "" && algorithm !== ES256) throw new HostError(FAIL_KEY, `it signs with ${ES256} only`);
    const { publicKey, privateKey } = await this.pair(key);
    const jwk = thumbprintJson(await crypto.subtle.exportKey("jwk", publicKey));
    return { signature: await signed(privateKey, data), jwk, algorithm: ES256 };
  }

  private async pair(name: string): Promise<CryptoKeyPair> {
    return (await this.pairs.get(name)) ?? this.pairs.add(name, await made());
  }
}

/** Pages that came by neither https nor from this machine have no `subtle`. */
async function made(): Promise<CryptoKeyPair> {
  const { subtle } = crypto as { subtle?: SubtleCrypto };
  if (subtle === undefined) throw new HostError(FAIL_KEY, "a page needs https to make keys");
  return subtle.generateKey(P256, false, ["sign", "verify"]);
}

async function signed(key: CryptoKey, data: Uint8Array): Promise<Uint8Array> {
  if (data.length === 0) return data;
  return new Uint8Array(await crypto.subtle.sign({ name: "ECDSA", hash: "SHA-256" }, key, data as Uint8Array<ArrayBuffer>));
}
