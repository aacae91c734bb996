/** Puts the nodes on the screen. */
import * as vscode from "vscode";
import type { Context } from "../context.js";
import { type Node, tree } from "./nodes.js";
import { counted, problemCount } from "./words.js";

export class View implements vscode.TreeDataProvider<Node>, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #tree: vscode.TreeView<Node>;
  readonly #owned: vscode.Disposable;

  constructor(private readonly context: Context) {
    this.#tree = vscode.window.createTreeView("headfast.servers", { treeDataProvider: this, showCollapseAll: true });
    this.#owned = vscode.Disposable.from(
      this.#tree,
      this.#changed,
      context.configurations.onDidChange(() => this.#refresh()),
      context.trust.onDidGrant(() => this.#refresh()),
    );
  }

  /** VS Code asks when the view is first seen: that is when there is something to look for. */
  async getChildren(node?: Node): Promise<Node[]> {
    if (node) return node.children;
    const { configurations } = this.context;
    if (!configurations.known) await configurations.refresh();
    return tree(configurations.files);
  }

  getTreeItem(node: Node): vscode.TreeItem {
    const item = new vscode.TreeItem(node.label, collapsible(node));
    item.id = node.id;
    item.iconPath = new vscode.ThemeIcon(node.icon, node.color ? new vscode.ThemeColor(node.color) : undefined);
    if (node.description) item.description = node.description;
    if (node.tooltip) item.tooltip = node.tooltip;
    if (node.context) item.contextValue = node.context;
    item.accessibilityInformation = { label: node.spoken ?? node.label };
    return item;
  }

  dispose(): void {
    this.#owned.dispose();
  }

  #refresh(): void {
    const { files, problem } = this.context.configurations;
    this.#tree.message = this.#message(problem?.body);
    const count = problemCount(files);
    const tooltip = counted(count, vscode.l10n.t("problem"), vscode.l10n.t("problems"));
    this.#tree.badge = count > 0 ? { value: count, tooltip } : undefined;
    void vscode.commands.executeCommand("setContext", "headfast.state", stateOf(files.length, problem !== undefined));
    this.#changed.fire();
  }

  #message(problem: string | undefined): string {
    if (problem !== undefined) return problem;
    if (this.context.trust.trusted || this.context.configurations.files.length === 0) return "";
    return vscode.l10n.t("Servers are listed and not contacted until you trust this folder.");
  }
}

/** What when clauses know it by. */
function stateOf(files: number, failed: boolean): "failed" | "found" | "none" {
  if (failed) return "failed";
  return files > 0 ? "found" : "none";
}

function collapsible(node: Node): vscode.TreeItemCollapsibleState {
  if (node.children.length === 0) return vscode.TreeItemCollapsibleState.None;
  return node.open ? vscode.TreeItemCollapsibleState.Expanded : vscode.TreeItemCollapsibleState.Collapsed;
}
