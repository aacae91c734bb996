/** The desktop's entry: Node's own HTTP, the process's environment. */
import { open } from "headfast/node";
import type { ExtensionContext } from "vscode";
import { start } from "./app.js";
import { client } from "./client.js";

export function activate(context: ExtensionContext): Promise<void> {
  const wasm = context.asAbsolutePath("dist/headfast.wasm");
  const wasmExec = context.asAbsolutePath("dist/wasm_exec.js");
  return start(context, (trace) => open({ client: client(context), wasm, wasmExec, trace }));
}
