import { text } from "./errors.js";
import { failure } from "./http.js";
import type {
  FAIL_KEY, FAIL_LISTEN, FAIL_LOCKED, FAIL_OPEN, FAIL_STORE, FAIL_UNSUPPORTED, Failure,
} from "./msg.gen.js";

/** The kinds of failure that a host's own code can tell; the constants FAIL_… of the schema say what each means. */
export type HostFailure =
  | typeof FAIL_KEY | typeof FAIL_LISTEN | typeof FAIL_LOCKED | typeof FAIL_OPEN | typeof FAIL_STORE
  | typeof FAIL_UNSUPPORTED;

/**
 * What an {@link AccountStore}, a {@link SignInHost} or a {@link Signer} throws to say which kind of failure it is,
 * such as "locked" for a keychain that nobody unlocked. Whatever else one of them throws is "store", "listen", "open"
 * or "key", as it was asked. The message is for people and is shown to them: let it hold no secret.
 */
export class HostError extends Error {
  override readonly name = "HostError";

  constructor(
    readonly kind: HostFailure,
    message: string,
  ) {
    super(message);
  }
}

/** failureOf is what a host's code threw, as a failure of `kind` where it does not say which. */
export function failureOf(thrown: unknown, kind: HostFailure): Failure {
  return failure(thrown instanceof HostError ? thrown.kind : kind, text(thrown), false);
}
