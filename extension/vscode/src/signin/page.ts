/** Has the person go to a page, after asking: who wants a sign-in, and where. */
import * as vscode from "vscode";

/** Rejects where the person does not want to. */
export async function showPage(url: string, server: string, code: string): Promise<void> {
  const go = vscode.l10n.t("Open Browser");
  const where = new URL(url).host;
  const asked = vscode.l10n.t('"{0}" wants you to sign in at {1}.', server, where);
  const typed = code === "" ? "" : ` ${vscode.l10n.t("Type this code there: {0}.", code)}`;
  const choice = await vscode.window.showInformationMessage(asked + typed, go);
  if (choice !== go) throw new Error("the page was not opened");
  // As a string: a Uri would decode what is encoded in the query, and encode it otherwise.
  await vscode.env.openExternal(url as unknown as vscode.Uri);
}
