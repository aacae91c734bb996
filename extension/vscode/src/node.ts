/** The desktop's entry: Node's own HTTP, the process's environment, the system's browser. */
import { HostError, LoopbackSignIn, QueueLocks, open } from "headfast/node";
import * as vscode from "vscode";
import { SecretAccounts } from "./accounts.js";
import { start } from "./app.js";
import { client } from "./client.js";

export function activate(context: vscode.ExtensionContext): Promise<void> {
  const wasm = context.asAbsolutePath("dist/headfast.wasm");
  const wasmExec = context.asAbsolutePath("dist/wasm_exec.js");
  const locks = new QueueLocks();
  const accounts = new SecretAccounts(context.secrets, context.globalState, (key, signal) => locks.lock(key, signal));
  const signIn = new LoopbackSignIn({ open: (url, page) => show(url, page.server, page.code) });
  return start(context, (trace) => open({ client: client(context), wasm, wasmExec, trace, accounts, signIn }));
}

/** show asks before the browser opens: who wants a sign-in, and where. */
async function show(url: string, server: string, code: string): Promise<void> {
  const go = "Open Browser";
  const where = new URL(url).host;
  const detail = code === "" ? "" : ` Type this code there: ${code}.`;
  const choice = await vscode.window.showInformationMessage(`"${server}" wants you to sign in at ${where}.${detail}`, go);
  if (choice !== go) throw new HostError("unsupported", "the page was not opened");
  // As a string: a Uri would decode what is encoded in the query, and encode it otherwise.
  await vscode.env.openExternal(url as unknown as vscode.Uri);
}
