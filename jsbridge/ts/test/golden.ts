import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import * as msg from "../src/msg.gen.js";
import { Reader, decode, encode } from "../src/pack.js";
import type { Writer } from "../src/pack.js";

const testdata = fileURLToPath(new URL("../../../msg/testdata/", import.meta.url));

/** One value and its bytes, as jsbridge/msg's tests write them. */
export interface Golden {
  name: string;
  type: string;
  value: unknown;
  hex: string;
}

/** Bytes that no codec writes. */
export interface Strange {
  name: string;
  type: string;
  hex: string;
  code: string;
  again: string;
}

export const readGolden = (): Golden[] => readJson("golden.json") as Golden[];
export const readStrange = (): Strange[] => readJson("malformed.json") as Strange[];

function readJson(name: string): unknown {
  return JSON.parse(readFileSync(testdata + name, "utf8"));
}

/** unfold reads hexadecimal in which (xx*n) is n times the byte xx. */
export function unfold(hex: string): Uint8Array {
  return Buffer.from(hex.replace(/\((..)\*(\d+)\)/g, (_, byte: string, n: string) => byte.repeat(Number(n))), "hex");
}

/** A type's two functions, looked up by name. */
export interface Codec {
  read: (r: Reader) => unknown;
  write: (w: Writer, v: unknown) => void;
}

export function codecOf(type: string): Codec {
  const all = msg as unknown as Record<string, unknown>;
  const read = all[`decode${type}`];
  const write = all[`encode${type}`];
  if (typeof read !== "function" || typeof write !== "function") throw new Error(`no codec for ${type}`);
  return { read: read as Codec["read"], write: write as Codec["write"] };
}

export function reencode(type: string, bytes: Uint8Array): Uint8Array {
  const { read, write } = codecOf(type);
  return encode(write, decode(read, bytes));
}

/** camel is gents' rule for field names. */
export function camel(name: string): string {
  const words = name.match(/[A-Z]+s$|[A-Z]+(?![a-z])|[A-Z][a-z]*/g) ?? [name];
  return words.map((w, i) => (i === 0 ? w.toLowerCase() : (w[0] as string) + w.slice(1).toLowerCase())).join("");
}

/** fromGolden makes the value that this codec has for a golden one. */
export function fromGolden(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(fromGolden);
  if (typeof value !== "object" || value === null) return value;
  const object = value as Record<string, unknown>;
  if (typeof object["hex"] === "string") {
    return new Uint8Array(Buffer.from(object["hex"].repeat((object["times"] as number | undefined) ?? 1), "hex"));
  }
  if (typeof object["repeat"] === "string") return object["repeat"].repeat(object["times"] as number);
  return Object.fromEntries(Object.entries(object).map(([k, v]) => [camel(k), fromGolden(v)]));
}

/** plain drops members that are undefined and makes every byte array an ordinary one. */
export function plain(value: unknown): unknown {
  if (value instanceof Uint8Array) return new Uint8Array(value);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).filter(([, v]) => v !== undefined).map(([k, v]) => [k, plain(v)]));
}
