import type { PeerCertificate } from "node:tls";

/** How the codes begin that OpenSSL and node:tls give for certificates and handshakes. */
const TLS = /^(ERR_TLS|ERR_SSL|CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|HOSTNAME_MISMATCH|INVALID_CA|CRL_|ERROR_IN_)/;

const UNKNOWN_AUTHORITY = new Set([
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE", "UNABLE_TO_GET_ISSUER_CERT", "UNABLE_TO_GET_ISSUER_CERT_LOCALLY", "SELF_SIGNED_CERT_IN_CHAIN",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
]);

/** OpenSSL's names of the alerts by which a server refuses a client's certificate (RFC 8446, appendix B.2). */
const OF_CERTIFICATE =
  /^ERR_SSL_(SSLV3|TLSV1|TLSV13)_ALERT_(CERTIFICATE_REQUIRED|BAD_CERTIFICATE|UNSUPPORTED_CERTIFICATE|CERTIFICATE_(REVOKED|EXPIRED|UNKNOWN)|UNKNOWN_CA|ACCESS_DENIED|HANDSHAKE_FAILURE)$/;

/** How many names of a certificate are told. */
const NAMES = 4;

/** isTLS says whether a code is of a certificate or a handshake. */
export function isTLS(code: string): boolean {
  return TLS.test(code);
}

/**
 * isEarlyAlert says whether a code is of an alert that ends a handshake. In TLS 1.3 the server judges the
 * client's certificate when the client has begun to send.
 */
export function isEarlyAlert(code: string): boolean {
  return OF_CERTIFICATE.test(code);
}

/** certificateTrouble says what is wrong with a certificate; undefined where it is something else. */
export function certificateTrouble(e: NodeJS.ErrnoException, offers: boolean): string | undefined {
  const code = e.code ?? "";
  const clock = `is this machine's clock right? It says ${new Date().toISOString().slice(0, 16)}Z`;
  if (code === "CERT_HAS_EXPIRED") return `the certificate has expired; ${clock}`;
  if (code === "CERT_NOT_YET_VALID") return `the certificate is not valid yet; ${clock}`;
  if (code === "ERR_TLS_CERT_ALTNAME_INVALID") return wrongName(e);
  if (UNKNOWN_AUTHORITY.has(code)) {
    return `the certificate is signed by an unknown authority (${e.message}); if you trust that, give its certificate in a file: the option caFiles`;
  }
  if (!OF_CERTIFICATE.test(code)) return undefined;
  if (offers) return `the server does not accept the client certificate (${code})`;
  return code.includes("CERTIFICATE") ? "the server requires a client certificate, and none is configured for it: the option clientCertificates" : undefined;
}

function wrongName(e: NodeJS.ErrnoException & { host?: string; cert?: PeerCertificate }): string {
  const names = (e.cert?.subjectaltname ?? "").split(", ").map((name) => name.replace(/^(DNS|IP Address):/, "")).filter((name) => name !== "");
  const shown = names.length > NAMES ? [...names.slice(0, NAMES), "others"] : names;
  return `the certificate is for ${shown.join(", ") || "no host at all"}, not for ${e.host ?? "this host"}`;
}
