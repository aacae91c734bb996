/** The Servers view and what is done from it. */
import * as vscode from "vscode";
import type { Context, Feature } from "../context.js";
import { choose } from "./choose.js";
import { create } from "./create.js";
import type { Node } from "./nodes.js";
import { openPlace } from "./place.js";
import { showPlaces } from "./places.js";
import { View } from "./view.js";
import { problemText, stateWords } from "./words.js";

export const servers: Feature = (context, editor) => {
  const { configurations, own } = context;
  const command = (name: string, run: (node?: Node) => unknown) => own(vscode.commands.registerCommand(`headfast.${name}`, run));
  own(new View(context));
  command("refresh", () => configurations.refresh());
  command("connect", (node) => connect(context, node));
  command("disconnect", (node) => disconnect(context, node));
  command("openConfig", (node) => openConfig(context, node));
  command("showPlaces", () => showPlaces(context));
  command("create", () => create(context));
  void lookAtOnce(context, editor);
};

/** A folder with a configuration is looked at when it opens, for the badge; another one when the view is. */
async function lookAtOnce({ configurations }: Context, editor: vscode.ExtensionContext): Promise<void> {
  const { activationEvents = [] } = editor.extension.packageJSON as { activationEvents?: string[] };
  const paths = activationEvents.flatMap((event) => event.split("workspaceContains:")[1] ?? []);
  if (paths.length === 0 || !vscode.workspace.workspaceFolders) return;
  const [found] = await vscode.workspace.findFiles(`{${paths.join(",")}}`, null, 1);
  if (found) await configurations.refresh();
}

/** Only ever called because a person asked for it. */
async function connect(context: Context, node?: Node): Promise<void> {
  if (!context.trust.trusted) return;
  const entry = node?.entry ?? (await choose(context, vscode.l10n.t("Connect to which server?"), (one) => one.canConnect));
  if (!entry) return;
  await vscode.window.withProgress({ location: { viewId: "headfast.servers" } }, () => entry.connect());
  context.log.info(`${entry.server.name}: ${stateWords(entry)}`);
  if (entry.state.phase === "failed") context.log.warn(problemText(entry.state.problem));
}

async function disconnect(context: Context, node?: Node): Promise<void> {
  const connected = vscode.l10n.t("Disconnect from which server?");
  const entry = node?.entry ?? (await choose(context, connected, ({ state }) => state.phase === "ready" || state.phase === "connecting"));
  await entry?.disconnect();
}

async function openConfig(context: Context, node?: Node): Promise<void> {
  if (node?.file && node.where) return openPlace(context, node.where, node.file.uri);
  const entry = node?.entry ?? (await choose(context, vscode.l10n.t("Open the configuration of which server?"), () => true));
  if (entry) await openPlace(context, entry.server.where, entry.uri);
}
