/**
 * Headfast in a page, a worker or a browser extension.
 *
 * @packageDocumentation
 */
import { Core } from "./client.js";
import type { CoreOptions } from "./client.js";
import { compile, loadGo } from "./go-web.js";
import { FetchHttp } from "./http-fetch.js";

export * from "./api.js";
export { compile, loadGo } from "./go-web.js";

/** Options of {@link open}. */
export interface WebOptions {
  /** MCP's clientInfo. */
  client: CoreOptions["client"];
  /** The module's URL, or the compiled module; without it, headfast.wasm beside this file. */
  wasm?: string | URL | WebAssembly.Module | undefined;
  /** wasm_exec.js of the Go that built the module; without it, the one beside this file. */
  wasmExec?: string | URL | undefined;
  /** Without it, `fetch` with `redirect: "error"`. */
  http?: CoreOptions["http"] | undefined;
  /** A page has no environment: without it, nothing is set. */
  env?: CoreOptions["env"] | undefined;
  trace?: CoreOptions["trace"];
}

/**
 * open fetches the module and starts it.
 *
 * @throws HeadfastError HF900 if the module and this package do not belong together
 */
export async function open(options: WebOptions): Promise<Core> {
  const { wasm = new URL("headfast.wasm", import.meta.url) } = options;
  return Core.open({
    wasm: wasm instanceof WebAssembly.Module ? wasm : await compile(String(wasm)),
    goRuntime: await loadGo(String(options.wasmExec ?? new URL("wasm_exec.js", import.meta.url))),
    http: options.http ?? new FetchHttp(),
    env: options.env ?? (() => undefined),
    client: options.client,
    trace: options.trace,
  });
}
