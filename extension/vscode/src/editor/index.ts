/** What is shown in a configuration file itself: what is wrong with it and how to mend it, who gets what, and actions. */
import * as vscode from "vscode";
import { Settled } from "../base/clock.js";
import type { Context, Feature } from "../context.js";
import { toDiagnostic } from "./convert.js";
import { Live, type LiveFile } from "./live.js";
import { marks } from "./marks.js";
import { AT_ENTRY, FIX_ALL, Fixes, Hovers, Lenses, Symbols, Variables } from "./providers.js";

/** After the last key. In milliseconds. */
const SETTLED = 300;

/** Needs no entry. */
const VIEW = "headfast.servers.focus";

/** Files that can be a client's configuration; the providers know which are. */
const FILES: vscode.DocumentSelector = { pattern: "**/*.{json,jsonc,code-workspace,toml,yaml,yml}" };
const OUTLINED: vscode.DocumentSelector = { pattern: "**/*.{toml,yaml,yml}" };

export const editor: Feature = (context) => {
  const { core, configurations, log, own, clock } = context;
  const document = (uri: string) => {
    const open = vscode.workspace.textDocuments.find((one) => one.uri.toString() === uri);
    return open && { text: open.getText(), version: open.version };
  };
  const folders = () => (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath);
  const live = own(new Live({ core, configurations, document, folders, log }));
  follow(context, live);
  const settled = own(new Settled(clock, SETTLED, () => void live.update()));
  const touch = ({ uri }: vscode.TextDocument) => void (configurations.at(uri.toString()) && settled.touch());
  own(vscode.workspace.onDidChangeTextDocument((event) => touch(event.document)));
  own(vscode.workspace.onDidOpenTextDocument(touch));
  own(vscode.workspace.onDidCloseTextDocument(touch));
  own(configurations.onDidChange(() => settled.touch()));
  const kinds = { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix, FIX_ALL] };
  own(vscode.languages.registerCodeActionsProvider(FILES, new Fixes(live), kinds));
  own(vscode.languages.registerHoverProvider(FILES, new Hovers(live, context)));
  own(vscode.languages.registerCodeLensProvider(FILES, new Lenses(live, context)));
  own(vscode.languages.registerCompletionItemProvider(FILES, new Variables(live, context), "{", ":"));
  own(vscode.languages.registerDocumentSymbolProvider(OUTLINED, new Symbols(live), { label: "Headfast" }));
  own(vscode.commands.registerCommand(AT_ENTRY, (command: string, uri: string, name: string) => atEntry(context, command, uri, name)));
};

/** Keeps the marks of the folder's files, and of those that are open. */
function follow({ own }: Context, live: Live): void {
  const collection = own(vscode.languages.createDiagnosticCollection("headfast"));
  const shown = ({ file, version }: LiveFile) => file.read.scope === "project" || version !== undefined;
  own(
    live.onDidChange(() => {
      const files = new Map(live.files.filter(shown).map((file) => [file.file.uri, file]));
      collection.forEach((uri) => void (files.has(uri.toString()) || collection.delete(uri)));
      for (const [address, file] of files) {
        const uri = vscode.Uri.parse(address, true);
        collection.set(uri, marks(file).map((mark) => toDiagnostic(mark, uri)));
      }
    }),
  );
}

/** An entry connects as it is on the screen, and so is saved before. */
async function atEntry({ configurations }: Context, command: string, uri: string, name: string): Promise<void> {
  const open = vscode.workspace.textDocuments.find((one) => one.uri.toString() === uri);
  if (command === VIEW) return void (await vscode.commands.executeCommand(VIEW));
  if (open?.isDirty && command === "headfast.connect" && (await open.save())) await configurations.refresh();
  const entry = configurations.at(uri)?.entries.find(({ server }) => server.name === name);
  if (entry) await vscode.commands.executeCommand(command, { entry });
}
