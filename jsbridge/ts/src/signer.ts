/** What is to be signed, and with which key. */
export interface SignRequest {
  /**
   * "dpop:" and an account's key, for a key that the signer makes where it has none (ES256); "env:" and a variable's
   * name, or "file:" and a path, for one in PEM.
   */
  key: string;
  /** An algorithm of RFC 7518 section 3.1 or RFC 8037, such as "ES256"; empty is the key's own. */
  algorithm: string;
  /** Empty asks for the public key only. */
  data: Uint8Array;
}

/** A signature, and what it can be verified with. */
export interface SignAnswer {
  /** As JWS has it: r and s for ECDSA (RFC 7518 section 3.4). Empty where there was nothing to sign. */
  signature: Uint8Array;
  /** The public key's required members in the order of RFC 7638 section 3.2, as JSON without spaces. */
  jwk: string;
  /** What was signed with, or would be. */
  algorithm: string;
}

/** Signs with keys that never leave it. */
export interface Signer {
  /** sign rejects where there is no such key, or where it cannot sign that. */
  sign(request: SignRequest): Promise<SignAnswer>;
}

/** thumbprintJson is a public key as RFC 7638 section 3.2 has it: the required members only, in their order. */
export function thumbprintJson({ kty, crv, x, y, e, n }: JsonWebKey): string {
  if (kty === "RSA") return JSON.stringify({ e, kty, n });
  return JSON.stringify(kty === "EC" ? { crv, kty, x, y } : { crv, kty, x });
}
