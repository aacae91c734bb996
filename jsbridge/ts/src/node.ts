/**
 * Headfast in Node: an MCP client core with the credentials that the user configured.
 *
 * @packageDocumentation
 */
import { readFile } from "node:fs/promises";
import { Core } from "./client.js";
import type { CoreOptions } from "./client.js";
import { loadGo } from "./go-node.js";
import { NodeHttp } from "./http-node.js";

export * from "./api.js";
export { loadGo } from "./go-node.js";
export { NodeHttp } from "./http-node.js";

/** Options of {@link open}. */
export interface NodeOptions {
  /** MCP's clientInfo. */
  client: CoreOptions["client"];
  /** A path, or a file: URL; without it, headfast.wasm beside this file. */
  wasm?: string | URL | undefined;
  /** wasm_exec.js of the Go that built the module; without it, the one beside this file. */
  wasmExec?: string | URL | undefined;
  /** Without it, node:http and node:https. */
  http?: CoreOptions["http"] | undefined;
  /** Without it, `process.env`. */
  env?: CoreOptions["env"] | undefined;
  trace?: CoreOptions["trace"];
}

/**
 * open reads the module and starts it.
 *
 * @throws HeadfastError HF900 if the module and this package do not belong together
 */
export async function open(options: NodeOptions): Promise<Core> {
  const wasm = await readFile(options.wasm ?? new URL("headfast.wasm", import.meta.url));
  const source = await readFile(options.wasmExec ?? new URL("wasm_exec.js", import.meta.url), "utf8");
  return Core.open({
    wasm,
    goRuntime: loadGo(source, (text) => process.stderr.write(text)),
    http: options.http ?? new NodeHttp(),
    env: options.env ?? ((name) => (Object.hasOwn(process.env, name) ? process.env[name] : undefined)),
    client: options.client,
    trace: options.trace,
  });
}
