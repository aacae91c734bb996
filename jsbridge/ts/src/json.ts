import { CODE_USAGE, HeadfastError, reason } from "./errors.js";
import { MAX_BATCH } from "./msg.gen.js";
import type { Json } from "./mcp.js";

const utf8 = new TextEncoder();
const lenient = new TextDecoder();
const NONE = new Uint8Array(0);

/** The most bytes of one text from the caller: a batch has room for it beside what else is pending. */
const MAX_TEXT = MAX_BATCH / 2;

/** toJson is a value's JSON text; no bytes for undefined. */
export function toJson(value: Json | undefined): Uint8Array {
  return value === undefined ? NONE : bounded(utf8.encode(JSON.stringify(value)));
}

/** fromJson parses what the core passed on from the server. No bytes are undefined. */
export function fromJson(bytes: Uint8Array): Json | undefined {
  return bytes.length === 0 ? undefined : (JSON.parse(lenient.decode(bytes)) as Json);
}

/** toBytes takes a text as it is in a file. */
export function toBytes(text: string | Uint8Array): Uint8Array {
  return bounded(typeof text === "string" ? utf8.encode(text) : text);
}

/** One caller's mistake must not end the core for all: it is refused before it becomes a batch. */
function bounded(bytes: Uint8Array): Uint8Array {
  if (bytes.length <= MAX_TEXT) return bytes;
  const body = `${bytes.length} bytes where ${MAX_TEXT} is the most`;
  throw new HeadfastError(reason(CODE_USAGE, "caller", "The text is too large", body), "not_sent");
}
