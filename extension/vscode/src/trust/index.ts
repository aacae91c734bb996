/** Asks before an entry of a project's file may act, and takes back what was agreed to. */
import type { Agreement } from "headfast";
import * as vscode from "vscode";
import type { Context, Feature } from "../context.js";
import { openPlace } from "../servers/place.js";
import { type Question, question } from "./agreement.js";

/** A document with a question that is too long for a dialog. */
const SCHEME = "headfast-agreement";

export const trust: Feature = (context) => {
  const { own, askers } = context;
  const texts = new Map<string, string>();
  own(vscode.workspace.registerTextDocumentContentProvider(SCHEME, { provideTextDocumentContent: (uri) => texts.get(uri.path) ?? "" }));
  askers.agree = (agreement, { signal }) => ask(context, texts, agreement, signal);
  own(vscode.commands.registerCommand("headfast.revoke", () => revoke(context)));
};

async function ask(context: Context, texts: Map<string, string>, agreement: Agreement, signal: AbortSignal): Promise<boolean> {
  const asked = question(agreement);
  const agree = vscode.l10n.t("Agree");
  // What Enter would choose acts on nothing.
  const show = vscode.l10n.t("Show the Entry");
  const choice = asked.long
    ? await inEditor(asked, `/${agreement.id}/${agreement.server}.txt`, texts, [show, agree])
    : await vscode.window.showWarningMessage(asked.message, { modal: true, detail: asked.detail }, show, agree);
  if (choice === show) await openPlace(context, agreement.where, "");
  return choice === agree && !signal.aborted;
}

/** The whole text in an editor, where it can be scrolled, and the question beside it. */
async function inEditor({ message, detail }: Question, path: string, texts: Map<string, string>, choices: string[]): Promise<string | undefined> {
  texts.set(path, `${message}\n\n${detail}\n`);
  try {
    await vscode.window.showTextDocument(vscode.Uri.from({ scheme: SCHEME, path }), { preview: true });
    return await vscode.window.showWarningMessage(`${message} ${vscode.l10n.t("All that it would do is in the editor: read all of it.")}`, ...choices);
  } finally {
    texts.delete(path);
  }
}

/** An open session goes on; the next connect asks again. */
async function revoke({ core }: Context): Promise<void> {
  const kept = await (await core.get()).trusted();
  const items = kept.map(({ key, server, file, facts }) => ({
    label: server || vscode.l10n.t("(cannot be read)"),
    description: file,
    detail: facts.find(({ name }) => name === "url" || name === "command")?.text ?? "",
    key,
  }));
  const title = vscode.l10n.t("Which entries may not act any more, until you are asked again?");
  const placeHolder = items.length === 0 ? vscode.l10n.t("You have agreed to none") : "";
  const chosen = await vscode.window.showQuickPick(items, { title, placeHolder, canPickMany: true });
  for (const { key } of chosen ?? []) await (await core.get()).distrust(key);
}
