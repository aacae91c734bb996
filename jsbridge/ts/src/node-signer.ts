import type { Env } from "./driver.js";
import { HostError } from "./host-error.js";
import { FAIL_KEY } from "./msg.gen.js";
import { readText } from "./node-files.js";
import { signWithPem } from "./pem-key.js";
import type { SignAnswer, SignRequest, Signer } from "./signer.js";
import type { Files } from "./stores.js";
import { WebSigner } from "./web-signer.js";
import type { KeyPairs } from "./web-signer.js";

/** Options of {@link NodeSigner}. */
export interface NodeSignerOptions {
  /** Where the keys of "env:" are. */
  env: Env;
  /** What reads those of "file:"; without it, files of at most 1 MiB. */
  files?: Files | undefined;
  /** What keeps those of "dpop:"; without it, they live as long as the signer. */
  pairs?: KeyPairs | undefined;
}

/**
 * NodeSigner signs with the keys of {@link WebSigner}, and with those in variables and files: P-256 (ES256), P-384
 * (ES384), RSA (RS256, PS256) and Ed25519 (EdDSA), as PKCS #8 in PEM. They are read each time, so that a new key
 * counts at once.
 */
export class NodeSigner implements Signer {
  private readonly made: WebSigner;

  constructor(private readonly options: NodeSignerOptions) {
    this.made = new WebSigner(options.pairs);
  }

  /** @throws HostError "key" where there is no such key, or it does not sign that way; Error where a file cannot be read */
  async sign(request: SignRequest): Promise<SignAnswer> {
    const [, where, name = ""] = /^(env|file):(.*)$/s.exec(request.key) ?? [];
    if (where === undefined) return this.made.sign(request);
    const { env, files = readText } = this.options;
    const pem = await (where === "env" ? env(name) : files(name));
    if (pem === undefined) throw new HostError(FAIL_KEY, where === "env" ? `the variable ${name} is not set` : `there is no file ${name}`);
    return signWithPem(pem, request.algorithm, request.data);
  }
}
