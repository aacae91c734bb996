/** Opens a place of a configuration file. */
import * as vscode from "vscode";
import type { Context } from "../context.js";
import type { Position } from "../core/client.js";

/** @param uri - the file's address, for a place that does not name its file as the model does */
export async function openPlace({ configurations }: Context, { file, line, column }: Position, uri: string): Promise<void> {
  const named = configurations.files.find(({ read }) => read.path === file);
  const at = new vscode.Position(Math.max(line - 1, 0), Math.max(column - 1, 0));
  await vscode.window.showTextDocument(vscode.Uri.parse(named?.uri ?? uri, true), { selection: new vscode.Range(at, at) });
}
