/** Finds and reads the configuration files of the open folders. */
import * as vscode from "vscode";
import type { Found } from "./store.js";

const NAME = ".mcp.json";

/** The files that exist now. One that cannot be read for another reason than being absent is told to the log. */
export async function findFiles(log: vscode.LogOutputChannel): Promise<Found[]> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const found = await Promise.all(folders.map((folder) => read(vscode.Uri.joinPath(folder.uri, NAME), log)));
  return found.filter((file) => file !== undefined);
}

/** Calls back when a file appears, changes or goes, or a folder does. */
export function watchFiles(changed: () => void): vscode.Disposable {
  const watcher = vscode.workspace.createFileSystemWatcher(`**/${NAME}`);
  return vscode.Disposable.from(
    watcher,
    watcher.onDidCreate(changed),
    watcher.onDidChange(changed),
    watcher.onDidDelete(changed),
    vscode.workspace.onDidChangeWorkspaceFolders(changed),
    vscode.workspace.onDidGrantWorkspaceTrust(changed),
  );
}

async function read(uri: vscode.Uri, log: vscode.LogOutputChannel): Promise<Found | undefined> {
  try {
    const text = await vscode.workspace.fs.readFile(uri);
    return { key: uri.toString(), path: vscode.workspace.asRelativePath(uri), text };
  } catch (error) {
    if (!(error instanceof vscode.FileSystemError && error.code === "FileNotFound")) log.error(`${uri.path}: ${String(error)}`);
    return undefined;
  }
}
