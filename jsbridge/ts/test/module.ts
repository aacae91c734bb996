import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const dist = new URL("../../../../dist/", import.meta.url);

export const WASM = fileURLToPath(new URL("headfast.wasm", dist));
export const WASM_EXEC = fileURLToPath(new URL("wasm_exec.js", dist));

/** The module that build.sh makes. These tests are worth nothing without it, so they do not skip. */
export function readModule(): Buffer {
  if (!existsSync(WASM)) throw new Error(`${WASM} is missing: run build.sh, or GOOS=js GOARCH=wasm go build`);
  return readFileSync(WASM);
}
