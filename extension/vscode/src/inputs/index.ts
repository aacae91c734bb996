/** Asks for what a configuration wants of a person (`${input:id}`), and forgets what was answered. */
import * as vscode from "vscode";
import type { Context, Feature } from "../context.js";
import { dialogs } from "./dialogs.js";
import { prompter } from "./prompt.js";

export const inputs: Feature = (context) => {
  context.askers.prompt = prompter(dialogs);
  context.own(vscode.commands.registerCommand("headfast.forgetInputs", () => forget(context)));
};

async function forget({ core }: Context): Promise<void> {
  const kept = await (await core.get()).inputs();
  const items = kept.map(({ key, input = "", file = "", origin = "", problem = "" }) => ({ label: input, description: origin, detail: problem || file, key }));
  const title = vscode.l10n.t("Which answers are to be forgotten, and asked for again?");
  const placeHolder = items.length === 0 ? vscode.l10n.t("No answer is kept") : "";
  const chosen = await vscode.window.showQuickPick(items, { title, placeHolder, canPickMany: true });
  if (chosen && chosen.length > 0) await (await core.get()).forgetInputs(chosen.map(({ key }) => key));
}
