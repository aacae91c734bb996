/** Shows where configuration files are looked for, and which of them are there. */
import * as vscode from "vscode";
import type { Context } from "../context.js";
import { scopeWords } from "./words.js";

export async function showPlaces(context: Context): Promise<void> {
  const { configurations } = context;
  if (!configurations.known) await configurations.refresh();
  const items = configurations.spots.map(({ place, scope, folder }) => {
    const there = configurations.files.filter(({ read }) => read.place === place);
    return {
      label: place.path,
      description: [place.client, scopeWords(scope), folder?.name].filter(Boolean).join(" · "),
      ...(there.length > 0 && { iconPath: new vscode.ThemeIcon("check"), detail: there.map(({ read }) => read.path).join(", ") }),
      uri: there[0]?.uri,
    };
  });
  const title = vscode.l10n.t("Where Headfast looks for MCP servers");
  const chosen = await vscode.window.showQuickPick(items, { title, matchOnDescription: true });
  if (chosen?.uri) await vscode.window.showTextDocument(vscode.Uri.parse(chosen.uri, true));
}
