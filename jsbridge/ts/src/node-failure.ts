import { failure } from "./http.js";
import {
  FAIL_CONNECT, FAIL_DNS, FAIL_LIMIT, FAIL_PLAIN, FAIL_REFUSED, FAIL_RESET, FAIL_TIMEOUT, FAIL_TLS,
} from "./msg.gen.js";
import type { Failure } from "./msg.gen.js";

const KINDS: Readonly<Record<string, string>> = {
  ENOTFOUND: FAIL_DNS,
  EAI_AGAIN: FAIL_DNS,
  ECONNREFUSED: FAIL_REFUSED,
  EPROTO: FAIL_TLS,
  ERR_SSL_WRONG_VERSION_NUMBER: FAIL_PLAIN,
  ERR_SSL_PACKET_LENGTH_TOO_LONG: FAIL_PLAIN,
  HPE_HEADER_OVERFLOW: FAIL_LIMIT,
};

/** How the codes begin that OpenSSL and node:tls give for certificates and handshakes. */
const TLS = /^(ERR_TLS|ERR_SSL|CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|HOSTNAME_MISMATCH|INVALID_CA|CRL_|ERROR_IN_)/;

/** nodeFailure maps a node error by its code, never by its text. */
export function nodeFailure(e: NodeJS.ErrnoException, sent: boolean): Failure {
  const kind = kindOf(e, sent);
  return failure(kind, describe(e), sent);
}

function kindOf(e: NodeJS.ErrnoException, sent: boolean): string {
  const first = firstOf(e);
  const code = first.code ?? "";
  const known = KINDS[code];
  if (known !== undefined) return known;
  if (TLS.test(code)) return FAIL_TLS;
  if (sent) return code === "ETIMEDOUT" ? FAIL_TIMEOUT : FAIL_RESET;
  return FAIL_CONNECT;
}

/** A name with several addresses fails with one error for each; the first tells. */
function firstOf(e: NodeJS.ErrnoException): NodeJS.ErrnoException {
  const inner: unknown = e instanceof AggregateError ? e.errors[0] : undefined;
  return inner instanceof Error ? inner : e;
}

function describe(e: NodeJS.ErrnoException): string {
  const first = firstOf(e);
  return first.message === "" ? (first.code ?? first.name) : first.message;
}
