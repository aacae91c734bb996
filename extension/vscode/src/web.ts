/** The web worker's entry: fetch, under the browser's rules, and no environment. */
import { Core, FetchHttp } from "headfast/web";
import * as vscode from "vscode";
import { start } from "./app.js";
import { client } from "./client.js";
import { goRuntime } from "./go-worker.js";

export function activate(context: vscode.ExtensionContext): Promise<void> {
  const read = (name: string) => vscode.workspace.fs.readFile(vscode.Uri.joinPath(context.extensionUri, "dist", name));
  return start(context, async (trace, print) => {
    const [wasm, source] = await Promise.all([read("headfast.wasm"), read("wasm_exec.js")]);
    return Core.open({
      wasm: new Uint8Array(wasm),
      goRuntime: goRuntime(new TextDecoder().decode(source), print),
      http: new FetchHttp(),
      env: () => undefined,
      client: client(context),
      trace,
    });
  });
}
