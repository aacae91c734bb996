import { X509Certificate, createPrivateKey } from "node:crypto";
import { readFileSync } from "node:fs";
import * as tls from "node:tls";
import { CODE_USAGE, HeadfastError, reason, text } from "./errors.js";
import type { Variables } from "./node-proxy.js";
import { portOf } from "./node-proxy.js";

/** A certificate with its key, for one server. */
export interface ClientCertificate {
  /** The server's origin: https://host or https://host:port. The certificate is offered to no other. */
  origin: string;
  /** A PEM file: the certificate and those between it and its authority. */
  certFile: string;
  /** A PEM file: the key, not encrypted. It may be the same file. */
  keyFile: string;
}

/** OpenSSL's and Go's variable, and Node's; each names a PEM file. */
export const CA_VARIABLES = ["SSL_CERT_FILE", "NODE_EXTRA_CA_CERTS"] as const;

/**
 * authorities are Node's own and those of the files; undefined is Node's own.
 *
 * @throws HeadfastError if a file cannot be read or has no certificate
 */
export function authorities(files: readonly string[], env: Variables): string[] | undefined {
  const named = CA_VARIABLES.flatMap((name) => (env[name] ? [{ path: env[name], from: ` (from the variable ${name})` }] : []));
  const all = [...files.map((path) => ({ path, from: "" })), ...named];
  if (all.length === 0) return undefined;
  return [...usual(), ...all.flatMap(({ path, from }) => certificates(path, from))];
}

/** Node's own authorities. Node 22 and newer can tell which they are with all that its options add. */
function usual(): readonly string[] {
  const newer = tls as { getCACertificates?: (kind: "default") => string[] };
  return newer.getCACertificates?.("default") ?? tls.rootCertificates;
}

function certificates(path: string, from: string): string[] {
  const found = read(path, `The CA file${from}`).match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  try {
    if (found.length === 0) throw new Error("it has no PEM certificate");
    found.forEach((one) => new X509Certificate(one));
  } catch (e) {
    throw unusable(`The CA file${from} cannot be used`, `${path}: ${text(e)}`);
  }
  return found;
}

/** What node:tls takes of a client certificate. */
export interface KeyPair {
  cert: string;
  key: string;
}

/**
 * keyPairs reads client certificates, by origin.
 *
 * @throws HeadfastError if a file cannot be read, the two do not belong together, the key is encrypted, or the
 *   origin is none
 */
export function keyPairs(given: readonly ClientCertificate[]): Map<string, KeyPair> {
  const pairs = new Map<string, KeyPair>();
  for (const one of given) {
    const origin = certificateOrigin(one.origin);
    if (pairs.has(origin)) throw unusable("There are two client certificates for one server", origin);
    pairs.set(origin, keyPair(one));
  }
  return pairs;
}

/** originOf is a URL's origin with its port. */
export function originOf(url: URL): string {
  return `${url.protocol}//${url.hostname}:${portOf(url)}`;
}

function certificateOrigin(origin: string): string {
  const url = URL.canParse(origin) ? new URL(origin) : undefined;
  const bare = url !== undefined && url.protocol === "https:" && url.href === `${url.origin}/`;
  if (bare) return originOf(url);
  throw unusable("A client certificate needs its server's origin", `it must be https://host or https://host:port, not ${JSON.stringify(origin)}`);
}

function keyPair({ certFile, keyFile }: ClientCertificate): KeyPair {
  const pair = { cert: read(certFile, "The client certificate"), key: read(keyFile, "The client certificate's key") };
  if (/-----BEGIN ENCRYPTED PRIVATE KEY-----|^Proc-Type:.*ENCRYPTED/m.test(pair.key)) {
    throw unusable("The client certificate's key is encrypted", keyFile, `Write it without a passphrase: openssl pkey -in ${keyFile} -out FILE`);
  }
  try {
    if (!new X509Certificate(pair.cert).checkPrivateKey(createPrivateKey(pair.key))) throw new Error("the key does not match the certificate");
  } catch (e) {
    throw unusable("The client certificate cannot be used", `${certFile}, ${keyFile}: ${text(e)}`);
  }
  return pair;
}

function read(path: string, what: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (e) {
    throw unusable(`${what} cannot be read`, `${path}: ${text(e)}`);
  }
}

function unusable(title: string, body: string, hint = ""): HeadfastError {
  return new HeadfastError(reason(CODE_USAGE, "caller", title, body, hint));
}
