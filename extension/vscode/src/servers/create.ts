/** Makes an empty .mcp.json, which several clients read, and opens it. */
import * as vscode from "vscode";
import type { Context } from "../context.js";

export async function create({ configurations }: Context): Promise<void> {
  const [first] = vscode.workspace.workspaceFolders ?? [];
  if (!first) return;
  const uri = vscode.Uri.joinPath(first.uri, ".mcp.json");
  const edit = new vscode.WorkspaceEdit();
  // What is there already stays.
  edit.createFile(uri, { ignoreIfExists: true, contents: new TextEncoder().encode('{\n  "mcpServers": {\n  }\n}\n') });
  await vscode.workspace.applyEdit(edit);
  await vscode.window.showTextDocument(uri);
  await configurations.refresh();
}
