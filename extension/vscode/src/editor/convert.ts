/** Between the core's places and VS Code's. */
import * as vscode from "vscode";
import type { Edit } from "headfast";
import type { Mark } from "./marks.js";
import type { Place, Stretch } from "./text.js";

const SEVERITIES = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  info: vscode.DiagnosticSeverity.Information,
};

export function toPosition({ line, column }: Place): vscode.Position {
  return new vscode.Position(Math.max(line - 1, 0), Math.max(column - 1, 0));
}

export function toRange({ from, to }: Stretch): vscode.Range {
  return new vscode.Range(toPosition(from), toPosition(to));
}

export function toPlace({ line, character }: vscode.Position): Place {
  return { line: line + 1, column: character + 1 };
}

export function toStretch({ start, end }: vscode.Range): Stretch {
  return { from: toPlace(start), to: toPlace(end) };
}

export function toDiagnostic({ at, severity, message, code, server }: Mark, uri: vscode.Uri): vscode.Diagnostic {
  const diagnostic = new vscode.Diagnostic(toRange(at), message, SEVERITIES[severity]);
  diagnostic.source = "Headfast";
  if (code !== "") diagnostic.code = code;
  if (server) {
    const entry = new vscode.Location(uri, toPosition(server.where));
    diagnostic.relatedInformation = [new vscode.DiagnosticRelatedInformation(entry, vscode.l10n.t("Server {0}", server.name))];
  }
  return diagnostic;
}

export function toWorkspaceEdit(uri: vscode.Uri, edits: readonly Edit[]): vscode.WorkspaceEdit {
  const edit = new vscode.WorkspaceEdit();
  edit.set(uri, edits.map(({ at, text }) => new vscode.TextEdit(toRange(at), text)));
  return edit;
}
