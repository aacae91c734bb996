/** The web worker's entry: fetch, under the browser's rules, and no environment. */
import * as vscode from "vscode";
import type { CoreClient, Hooks } from "./core/client.js";
import { goRuntime } from "./core/go-worker.js";
import { start } from "./extension.js";
import type { Host } from "./host.js";
import { SecretAccounts } from "./signin/accounts.js";

export function activate(editor: vscode.ExtensionContext): void {
  start(editor, host(editor));
}

function host(editor: vscode.ExtensionContext): Host {
  return {
    web: true,
    os: "",
    home: undefined,
    variable: () => undefined,
    variables: () => [],
    exposed: async () => false,
    open: (hooks) => open(editor, hooks),
  };
}

async function open(editor: vscode.ExtensionContext, { print, secrets, memory, showPage: _, ...hooks }: Hooks): Promise<CoreClient> {
  const read = (name: string) => vscode.workspace.fs.readFile(vscode.Uri.joinPath(editor.extensionUri, "dist", name));
  const [{ Core, FetchHttp, QueueLocks }, wasm, source] = await Promise.all([import("headfast/web"), read("headfast.wasm"), read("wasm_exec.js")]);
  const locks = new QueueLocks();
  return Core.open({
    ...hooks,
    wasm: new Uint8Array(wasm),
    goRuntime: goRuntime(new TextDecoder().decode(source), print),
    http: new FetchHttp(),
    env: () => undefined,
    accounts: new SecretAccounts(secrets, memory, (key, signal) => locks.lock(key, signal)),
  });
}
