/**
 * Headfast in Node: an MCP client core with the credentials that the user configured.
 *
 * @packageDocumentation
 */
import { readFile } from "node:fs/promises";
import { Core } from "./client.js";
import type { CoreOptions } from "./client.js";
import { CODE_USAGE, HeadfastError, reason } from "./errors.js";
import { loadGo } from "./go-node.js";
import { NodeHttp } from "./http-node.js";
import type { NetworkOptions } from "./http-node.js";
import { readText } from "./node-files.js";
import { NodeSigner } from "./node-signer.js";
import { NodeProcesses } from "./process-node.js";

export * from "./api.js";
export { loadGo } from "./go-node.js";
export { NodeHttp } from "./http-node.js";
export type { NetworkOptions } from "./http-node.js";
export type { ClientCertificate } from "./node-tls.js";
export { FileAccounts } from "./node-accounts.js";
export { LoopbackSignIn } from "./node-signin.js";
export type { LoopbackOptions } from "./node-signin.js";
export { NodeSigner } from "./node-signer.js";
export type { NodeSignerOptions } from "./node-signer.js";
export { NodeProcesses } from "./process-node.js";

/** Options of {@link open}. */
export interface NodeOptions extends NetworkOptions {
  /** MCP's clientInfo. */
  client: CoreOptions["client"];
  /** A path, or a file: URL; without it, headfast.wasm beside this file. */
  wasm?: string | URL | undefined;
  /** wasm_exec.js of the Go that built the module; without it, the one beside this file. */
  wasmExec?: string | URL | undefined;
  /** Without it, node:http and node:https, as proxy, caFiles and clientCertificates say. */
  http?: CoreOptions["http"] | undefined;
  /** Without it, node:child_process; false has no process started. */
  processes?: CoreOptions["processes"] | false;
  /** Without it, `process.env`. */
  env?: CoreOptions["env"] | undefined;
  /** Without it, files of at most 1 MiB of UTF-8 text. */
  files?: CoreOptions["files"];
  /** Keeps sign-ins, as {@link FileAccounts} do; without it, they are kept for as long as the core lives. */
  accounts?: CoreOptions["accounts"];
  /** Keeps what the person has agreed to; without it, it is kept for as long as the core lives. */
  trust?: CoreOptions["trust"];
  /** Asks the person whether an entry of a project's file may act; without it, nobody agrees to anything. */
  agree?: CoreOptions["agree"];
  /** Opens pages and receives redirects, as {@link LoopbackSignIn} does; without one, nobody is asked to sign in. */
  signIn?: CoreOptions["signIn"];
  /** Asks for the values that a configuration wants of a person; without one, none is given. */
  prompt?: CoreOptions["prompt"];
  /** Signs proofs and assertions; without it, a {@link NodeSigner} over `env` and `files`. */
  signer?: CoreOptions["signer"];
  trace?: CoreOptions["trace"];
  record?: CoreOptions["record"];
  clientDocument?: CoreOptions["clientDocument"];
}

/**
 * open reads the module and starts it.
 *
 * @throws HeadfastError HF900 if the module and this package do not belong together; HF301 if a file or a URL of
 *   the network options, or of the variables they tell of, cannot be used
 */
export async function open(options: NodeOptions): Promise<Core> {
  const http = options.http === undefined ? new NodeHttp(options) : own(options.http, options);
  const wasm = await readFile(options.wasm ?? new URL("headfast.wasm", import.meta.url));
  const { env = variable, files = readText } = options;
  const source = await readFile(options.wasmExec ?? new URL("wasm_exec.js", import.meta.url), "utf8");
  return Core.open({
    wasm,
    goRuntime: loadGo(source, (text) => process.stderr.write(text)),
    http,
    processes: options.processes === false ? undefined : (options.processes ?? new NodeProcesses()),
    env,
    files,
    accounts: options.accounts,
    trust: options.trust,
    agree: options.agree,
    signIn: options.signIn,
    prompt: options.prompt,
    signer: options.signer ?? new NodeSigner({ env, files }),
    client: options.client,
    clientDocument: options.clientDocument,
    trace: options.trace,
    record: options.record,
  });
}

function variable(name: string): string | undefined {
  return Object.hasOwn(process.env, name) ? process.env[name] : undefined;
}

/** A driver of the caller's own has its own network options; ours beside it would do nothing. */
function own(http: CoreOptions["http"], { proxy, caFiles, clientCertificates }: NetworkOptions): CoreOptions["http"] {
  if (proxy === undefined && caFiles === undefined && clientCertificates === undefined) return http;
  throw new HeadfastError(reason(CODE_USAGE, "caller", "proxy, caFiles and clientCertificates are for the package's own driver, not one of yours"));
}
