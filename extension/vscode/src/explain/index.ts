/** The Explain view: what would be sent to a server, why, and what other clients would make of the entry. */
import * as vscode from "vscode";
import type { Context, Feature } from "../context.js";
import { choose } from "../servers/choose.js";
import type { Node } from "../servers/nodes.js";
import { Panel } from "./panel.js";

export const explain: Feature = (context, editor) => {
  const panels = new Map<string, Panel>();
  context.own({ dispose: () => panels.forEach((panel) => panel.dispose()) });
  context.own(vscode.commands.registerCommand("headfast.explain", (node?: Node) => show(context, editor.extensionUri, panels, node)));
};

async function show(context: Context, extension: vscode.Uri, panels: Map<string, Panel>, node?: Node): Promise<void> {
  const entry = node?.entry ?? (await choose(context, vscode.l10n.t("Explain which server?"), () => true));
  if (!entry) return;
  const script = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(extension, "dist", "explain.js"));
  const watched = { uri: entry.uri, name: entry.server.name };
  const key = JSON.stringify(watched);
  const before = panels.get(key);
  if (before) return before.reveal();
  const panel = new Panel(context, watched, new TextDecoder().decode(script), () => {
    panels.delete(key);
    panel.dispose();
  });
  panels.set(key, panel);
}
