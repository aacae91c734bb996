/**
 * Headfast in a page, a worker or a browser extension.
 *
 * @packageDocumentation
 */
import { MemoryAccounts } from "./account-store.js";
import { Core } from "./client.js";
import type { CoreOptions } from "./client.js";
import { compile, loadGo } from "./go-web.js";
import { FetchHttp } from "./http-fetch.js";
import { pageLocks } from "./web-locks.js";

export * from "./api.js";
export { compile, loadGo } from "./go-web.js";
export { IndexedKeyPairs } from "./indexed-key-pairs.js";
export { pageLocks } from "./web-locks.js";

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
  /** A page has no files: without it, none can be read. */
  files?: CoreOptions["files"];
  /** Keeps sign-ins; without it, they are kept for as long as the core lives. */
  accounts?: CoreOptions["accounts"];
  /** Keeps what the person has agreed to; without it, it is kept for as long as the core lives. */
  trust?: CoreOptions["trust"];
  /** Asks the person whether an entry of a project's file may act; without it, nobody agrees to anything. */
  agree?: CoreOptions["agree"];
  /** Opens pages and receives redirects, for people to sign in; without one, nobody is asked to. */
  signIn?: CoreOptions["signIn"];
  /** Asks for the values that a configuration wants of a person; without one, none is given. */
  prompt?: CoreOptions["prompt"];
  /**
   * Signs proofs; without it, with keys that live as long as the core. `new WebSigner(new IndexedKeyPairs())` has
   * keys that outlive the page, as sign-ins do that are kept.
   */
  signer?: CoreOptions["signer"];
  trace?: CoreOptions["trace"];
  record?: CoreOptions["record"];
  clientDocument?: CoreOptions["clientDocument"];
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
    files: options.files,
    accounts: options.accounts ?? new MemoryAccounts(pageLocks()),
    trust: options.trust,
    agree: options.agree,
    signIn: options.signIn,
    prompt: options.prompt,
    signer: options.signer,
    client: options.client,
    clientDocument: options.clientDocument,
    trace: options.trace,
    record: options.record,
  });
}
