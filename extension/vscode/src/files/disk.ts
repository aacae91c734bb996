/** The files, through VS Code: also those that are on no disk. */
import * as vscode from "vscode";
import type { Host } from "../host.js";
import type { Disk, Folder, Where } from "../model/places.js";

/** A file of more bytes is no configuration. */
const MOST = 16 << 20;

export function where(host: Host): Where {
  const listed = vscode.workspace.getConfiguration("headfast").get("userFiles", true);
  return { folders: folders(), home: listed ? host.home : undefined, variable: (name) => host.variable(name), disk: disk(host) };
}

function folders(): Folder[] {
  return (vscode.workspace.workspaceFolders ?? []).map(({ uri, name }) => ({ uri: uri.toString(), name }));
}

function disk(host: Host): Disk {
  const at = (uri: string) => vscode.Uri.parse(uri, true);
  const path = (uri: string) => (at(uri).scheme === "file" ? at(uri).fsPath : "");
  return {
    join: (uri, below) => vscode.Uri.joinPath(at(uri), below).toString(),
    at: (whole) => vscode.Uri.file(whole).toString(),
    path,
    has: async (uri) => (((await stat(at(uri)))?.type ?? vscode.FileType.Unknown) & vscode.FileType.File) !== 0,
    list: async (uri) => {
      if (!(await stat(at(uri)))) return [];
      return (await vscode.workspace.fs.readDirectory(at(uri))).map(([name]) => name);
    },
    read: (uri) => read(at(uri)),
    exposed: async (uri) => path(uri) !== "" && host.exposed(path(uri)),
  };
}

async function read(uri: vscode.Uri): Promise<Uint8Array> {
  const { size } = await vscode.workspace.fs.stat(uri);
  if (size > MOST) throw new Error(vscode.l10n.t("The file is too large for a configuration: {0} bytes", size));
  return vscode.workspace.fs.readFile(uri);
}

/** Also undefined where the file system is not there yet: VS Code tells of the folder again when it is. */
async function stat(uri: vscode.Uri): Promise<vscode.FileStat | undefined> {
  try {
    return await vscode.workspace.fs.stat(uri);
  } catch {
    return undefined;
  }
}
