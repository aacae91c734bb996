/** The desktop's entry: Node's own HTTP, the process's environment, the system's browser. */
import { stat } from "node:fs/promises";
import { homedir } from "node:os";
import * as vscode from "vscode";
import type { CoreClient, Hooks } from "./core/client.js";
import { start } from "./extension.js";
import type { Host } from "./host.js";
import { network } from "./network.js";
import { SecretAccounts } from "./signin/accounts.js";

export function activate(editor: vscode.ExtensionContext): void {
  start(editor, host(editor));
}

function host(editor: vscode.ExtensionContext): Host {
  return {
    web: false,
    os: process.platform === "win32" ? "windows" : process.platform,
    home: homedir(),
    variable: (name) => process.env[name],
    variables: () => Object.keys(process.env),
    exposed: async (path) => process.platform !== "win32" && ((await stat(path)).mode & 0o044) !== 0,
    open: (hooks) => open(editor, hooks),
  };
}

/** The library is read here: an import at the top would have it read by every window. */
async function open(editor: vscode.ExtensionContext, { secrets, memory, showPage, ...hooks }: Hooks): Promise<CoreClient> {
  const headfast = await import("headfast/node");
  const locks = new headfast.QueueLocks();
  return headfast.open({
    ...hooks,
    ...network(vscode.workspace.getConfiguration("http")),
    wasm: editor.asAbsolutePath("dist/headfast.wasm"),
    wasmExec: editor.asAbsolutePath("dist/wasm_exec.js"),
    accounts: new SecretAccounts(secrets, memory, (key, signal) => locks.lock(key, signal)),
    signIn: new headfast.LoopbackSignIn({ open: (url, { server, code }) => showPage(url, server, code) }),
  });
}
