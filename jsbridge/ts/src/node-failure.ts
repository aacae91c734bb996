import { failure } from "./http.js";
import {
  FAIL_CONNECT, FAIL_DNS, FAIL_LIMIT, FAIL_PLAIN, FAIL_PRIVATE, FAIL_PROXY, FAIL_REFUSED, FAIL_RESET, FAIL_TIMEOUT, FAIL_TLS,
} from "./msg.gen.js";
import type { Failure } from "./msg.gen.js";
import { certificateTrouble, isEarlyAlert, isTLS } from "./node-tls-failure.js";
import { ProxyError } from "./node-tunnel.js";
import { PrivateAddressError } from "./private-address.js";

/** What is known of an exchange when it fails. */
export interface Seen {
  /** At least one byte of the request may have reached the other side. */
  sent: boolean;
  /** The connection had served another request, or the answer has begun. */
  late: boolean;
  /** The proxy that the request itself goes to. */
  proxy?: URL | undefined;
  /** A client certificate is configured for the server. */
  offers?: boolean;
}

const KINDS: Readonly<Record<string, string>> = {
  ENOTFOUND: FAIL_DNS,
  EAI_AGAIN: FAIL_DNS,
  ECONNREFUSED: FAIL_REFUSED,
  ETIMEDOUT: FAIL_TIMEOUT,
  EPROTO: FAIL_TLS,
  ERR_SSL_WRONG_VERSION_NUMBER: FAIL_PLAIN,
  ERR_SSL_PACKET_LENGTH_TOO_LONG: FAIL_PLAIN,
  HPE_HEADER_OVERFLOW: FAIL_LIMIT,
};

/** nodeFailure maps a node error by its code, never by its text. */
export function nodeFailure(e: NodeJS.ErrnoException, seen: Seen): Failure {
  const first = firstOf(e);
  if (first instanceof PrivateAddressError) return failure(FAIL_PRIVATE, first.message, false);
  if (first instanceof ProxyError) return failure(FAIL_PROXY, first.message, false);
  if (seen.proxy !== undefined && !seen.sent) return failure(FAIL_PROXY, new ProxyError(seen.proxy, describe(first)).message, false);
  const code = first.code ?? "";
  // What TLS says before the first answer ends the handshake; the server's program has seen nothing then.
  const sent = seen.sent && (seen.late || !isEarlyAlert(code));
  return failure(kindOf(code, sent), certificateTrouble(first, seen.offers ?? false) ?? describe(first), sent);
}

function kindOf(code: string, sent: boolean): string {
  const known = KINDS[code];
  if (known !== undefined) return known;
  if (sent) return FAIL_RESET;
  return isTLS(code) ? FAIL_TLS : FAIL_CONNECT;
}

/** A name with several addresses fails with one error for each; the first tells. */
function firstOf(e: NodeJS.ErrnoException): NodeJS.ErrnoException {
  const inner: unknown = e instanceof AggregateError ? e.errors[0] : undefined;
  return inner instanceof Error ? inner : e;
}

function describe(e: NodeJS.ErrnoException): string {
  return e.message === "" ? (e.code ?? e.name) : e.message;
}
