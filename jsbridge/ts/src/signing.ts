import { base64url } from "./base64url.js";
import { FAIL_KEY } from "./msg.gen.js";
import type { Header, Input, Proof, Sign } from "./msg.gen.js";
import { Owed } from "./owed.js";
import type { SignAnswer, Signer } from "./signer.js";

const NONE: SignAnswer = { signature: new Uint8Array(0), jwk: "", algorithm: "" };

/** Signing answers each Sign with exactly one Signed, and makes the proofs of requests. */
export class Signing {
  private readonly owed: Owed<SignAnswer>;

  constructor(
    private readonly signer: Signer,
    push: (input: Input) => void,
  ) {
    this.owed = new Owed<SignAnswer>((id, { signature, jwk, algorithm } = NONE, failed) =>
      push({ signed: { id, signature, jwk, algorithm, failure: failed } }));
  }

  sign({ id, key, algorithm, data }: Sign): void {
    this.owed.answer(id, FAIL_KEY, () => this.signer.sign({ key, algorithm, data }));
  }

  /** prove signs a DPoP proof: the header that goes with its request (RFC 9449 section 4.1). Rejects as the signer does. */
  async prove({ key, input }: Proof): Promise<Header> {
    const { signature } = await this.signer.sign({ key, algorithm: "", data: new TextEncoder().encode(input) });
    return { name: "DPoP", value: `${input}.${base64url(signature)}` };
  }

  close(): void {
    this.owed.close();
  }
}
