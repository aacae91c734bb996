/** What VS Code asks for in a configuration file: fixes, hovers, lenses, variables, symbols. */
import * as vscode from "vscode";
import type { Context } from "../context.js";
import { toPlace, toPosition, toRange, toStretch, toWorkspaceEdit } from "./convert.js";
import { allSafe, changesAt } from "./fixes.js";
import { entryAt, hoverAt } from "./hover.js";
import { lenses } from "./lenses.js";
import type { Live, LiveFile } from "./live.js";
import { typedVariable, variableNames } from "./variables.js";

export const FIX_ALL = vscode.CodeActionKind.SourceFixAll.append("headfast");

/** Runs a command for an entry: that, the file's address and the entry's name are its arguments. */
export const AT_ENTRY = "headfast.atEntry";

export class Fixes implements vscode.CodeActionProvider {
  constructor(private readonly live: Live) {}

  async provideCodeActions({ uri, version }: vscode.TextDocument, range: vscode.Range, { diagnostics, only }: vscode.CodeActionContext): Promise<vscode.CodeAction[]> {
    const file = await this.live.current(uri.toString(), version);
    if (!file) return [];
    const all = everySafe(file, uri, FIX_ALL);
    if (only && FIX_ALL.intersects(only)) return all;
    const single = changesAt(file.findings, toStretch(range)).map(({ title, edits, safe, finding }) => {
      const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
      action.edit = toWorkspaceEdit(uri, edits);
      action.isPreferred = safe;
      action.diagnostics = diagnostics.filter((one) => one.source === "Headfast" && one.range.isEqual(toRange(finding.at)));
      return action;
    });
    return single.length > 0 ? [...single, ...everySafe(file, uri, vscode.CodeActionKind.QuickFix), ...all] : all;
  }
}

/** As a quick fix, only where there is more than one thing to mend. */
function everySafe(file: LiveFile, uri: vscode.Uri, kind: vscode.CodeActionKind): vscode.CodeAction[] {
  const all = allSafe(file.findings);
  if (!all || (all.count < 2 && kind !== FIX_ALL)) return [];
  const action = new vscode.CodeAction(all.title, kind);
  action.edit = toWorkspaceEdit(uri, all.edits);
  return [action];
}

export class Hovers implements vscode.HoverProvider {
  constructor(
    private readonly live: Live,
    private readonly context: Context,
  ) {}

  /** Explaining reads the environment, which only a trusted folder may have done. */
  async provideHover({ uri, version }: vscode.TextDocument, position: vscode.Position): Promise<vscode.Hover | undefined> {
    if (!this.context.trust.trusted) return undefined;
    const file = await this.live.current(uri.toString(), version);
    const server = file && entryAt(file, toPlace(position));
    if (!file || !server) return undefined;
    const explained = await (await this.context.core.get()).explain(file.config, server.name);
    const said = hoverAt(file, server, explained, toPlace(position));
    if (!said) return undefined;
    // Appended as text: what a file says is no Markdown.
    const words = said.lines.map((line) => new vscode.MarkdownString().appendText(line));
    return new vscode.Hover(words, toRange(said.at));
  }
}

export class Lenses implements vscode.CodeLensProvider {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChangeCodeLenses = this.#changed.event;

  constructor(
    private readonly live: Live,
    private readonly context: Context,
  ) {
    context.own(this.#changed);
    context.own(live.onDidChange(() => this.#changed.fire()));
    context.own(context.trust.onDidGrant(() => this.#changed.fire()));
  }

  async provideCodeLenses({ uri, version }: vscode.TextDocument): Promise<vscode.CodeLens[]> {
    const file = await this.live.current(uri.toString(), version);
    if (!file) return [];
    const commands = new Set(await vscode.commands.getCommands(true));
    return lenses(file, this.context.trust.trusted, (command) => commands.has(command)).map(({ at, title, command, server }) => {
      const range = new vscode.Range(toPosition(at), toPosition(at));
      return new vscode.CodeLens(range, { title, command: AT_ENTRY, arguments: [command, uri.toString(), server] });
    });
  }
}

export class Variables implements vscode.CompletionItemProvider {
  constructor(
    private readonly live: Live,
    private readonly context: Context,
  ) {}

  provideCompletionItems(document: vscode.TextDocument, position: vscode.Position): vscode.CompletionItem[] {
    if (!this.live.at(document.uri.toString())) return [];
    const line = document.lineAt(position).text;
    const typed = typedVariable(line.slice(0, position.character), line.slice(position.character));
    if (!typed) return [];
    const { configurations, host, trust } = this.context;
    const range = new vscode.Range(position.translate(0, -typed.length), position);
    return variableNames(configurations.entries, trust.trusted ? host.variables() : []).map((name, i) => {
      const item = new vscode.CompletionItem(name, vscode.CompletionItemKind.Variable);
      item.insertText = name + typed.close;
      item.range = range;
      item.sortText = String(i).padStart(5, "0");
      return item;
    });
  }
}

/** The servers, for the outline of files that VS Code itself has none for. */
export class Symbols implements vscode.DocumentSymbolProvider {
  constructor(private readonly live: Live) {}

  async provideDocumentSymbols({ uri, version, lineCount }: vscode.TextDocument): Promise<vscode.DocumentSymbol[]> {
    const servers = (await this.live.current(uri.toString(), version))?.servers ?? [];
    const starts = servers.map(({ where }) => where.line - 1).sort((a, b) => a - b);
    return servers.map(({ name, transport, where }) => {
      const at = toPosition(where);
      const next = starts.find((line) => line > at.line) ?? lineCount;
      const range = new vscode.Range(at, new vscode.Position(Math.max(next - 1, at.line), Number.MAX_SAFE_INTEGER));
      return new vscode.DocumentSymbol(name, transport, vscode.SymbolKind.Module, range, new vscode.Range(at, at));
    });
  }
}
