import { createPublicKey, generateKeyPairSync, sign } from "node:crypto";
import type { KeyObject } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { isIP } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";

/** A certificate and its key, as PEM. */
export interface Pair {
  cert: string;
  key: string;
}

/** An authority that signs certificates for tests. */
export interface Authority extends Pair {
  /** sign makes a certificate for these names, valid from and until so many hours from now. */
  sign(names: string[], from?: number, until?: number): Pair;
}

let made = 0;

/** authority makes one with a name of its own: OpenSSL finds an issuer by its name. */
export function authority(): Authority {
  const name = `Test authority ${++made}`;
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const isCA = extension("551d13", true, tlv(0x30, tlv(0x01, Buffer.from([0xff]))));
  const issuer = { name, key: privateKey };
  const cert = certificate(publicKey, issuer, name, -9000, 9000, isCA);
  return { cert, key: pem(privateKey), sign: (names, from = -1, until = 1) => leaf(issuer, names, from, until) };
}

interface Issuer {
  name: string;
  key: KeyObject;
}

function leaf(issuer: Issuer, names: string[], from: number, until: number): Pair {
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const all = names.map((name) => (isIP(name) === 4 ? tlv(0x87, Buffer.from(name.split(".").map(Number))) : tlv(0x82, Buffer.from(name))));
  const cert = certificate(createPublicKey(privateKey), issuer, "leaf", from, until, extension("551d11", false, tlv(0x30, ...all)));
  return { cert, key: pem(privateKey) };
}

/** inFiles writes texts to files that go away with the test, and gives their paths. */
export function inFiles(t: TestContext, ...texts: string[]): string[] {
  const dir = mkdtempSync(join(tmpdir(), "headfast-"));
  t.after(() => rmSync(dir, { recursive: true }));
  return texts.map((text, i) => {
    const path = join(dir, `${i}.pem`);
    writeFileSync(path, text);
    return path;
  });
}

function pem(key: KeyObject): string {
  return key.export({ type: "pkcs8", format: "pem" }) as string;
}

/** A certificate by RFC 5280, section 4.1, in the few forms that tests need. */
function certificate(subject: KeyObject, issuer: Issuer, name: string, from: number, until: number, ext: Buffer): string {
  const algorithm = tlv(0x30, tlv(0x06, Buffer.from("2a8648ce3d040302", "hex"))); // ecdsa-with-SHA256
  const body = tlv(
    0x30, tlv(0xa0, tlv(0x02, Buffer.from([2]))), tlv(0x02, Buffer.from([1])), algorithm, commonName(issuer.name),
    tlv(0x30, time(from), time(until)), commonName(name), subject.export({ type: "spki", format: "der" }), tlv(0xa3, tlv(0x30, ext)),
  );
  const signed = tlv(0x30, body, algorithm, tlv(0x03, Buffer.from([0]), sign("sha256", body, issuer.key)));
  return `-----BEGIN CERTIFICATE-----\n${signed.toString("base64").replace(/.{64}/g, "$&\n")}\n-----END CERTIFICATE-----\n`;
}

function extension(oid: string, critical: boolean, value: Buffer): Buffer {
  return tlv(0x30, tlv(0x06, Buffer.from(oid, "hex")), critical ? tlv(0x01, Buffer.from([0xff])) : Buffer.alloc(0), tlv(0x04, value));
}

function commonName(name: string): Buffer {
  return tlv(0x30, tlv(0x31, tlv(0x30, tlv(0x06, Buffer.from("550403", "hex")), tlv(0x0c, Buffer.from(name)))));
}

function time(hours: number): Buffer {
  const at = new Date(Date.now() + hours * 3_600_000).toISOString();
  return tlv(0x18, Buffer.from(`${at.slice(0, 19).replace(/[-T:]/g, "")}Z`));
}

/** One value of DER. */
function tlv(tag: number, ...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const length = content.length < 128 ? [content.length] : content.length < 256 ? [0x81, content.length] : [0x82, content.length >> 8, content.length & 255];
  return Buffer.concat([Buffer.from([tag, ...length]), content]);
}
