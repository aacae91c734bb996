/** The editor's own dialogs, for prompter. */
import * as vscode from "vscode";
import type { Dialogs } from "./prompt.js";

export const dialogs: Dialogs = {
  input: (options, signal) => vscode.window.showInputBox(options, token(signal)),
  pick: (items, options, signal) => vscode.window.showQuickPick(items, options, token(signal)),
};

/** A signal as the editor has it. */
function token(signal: AbortSignal): vscode.CancellationToken {
  const source = new vscode.CancellationTokenSource();
  if (signal.aborted) source.cancel();
  signal.addEventListener("abort", () => source.cancel(), { once: true });
  return source.token;
}
