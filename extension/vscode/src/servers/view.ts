/** Puts the nodes on the screen. */
import * as vscode from "vscode";
import { type Node, tree } from "./nodes.js";
import type { ShownFile } from "./store.js";

export class View implements vscode.TreeDataProvider<Node>, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #tree: vscode.TreeView<Node>;

  constructor(private readonly files: () => ShownFile[]) {
    this.#tree = vscode.window.createTreeView("headfast.servers", { treeDataProvider: this });
  }

  getChildren(node?: Node): Node[] {
    return node ? node.children : tree(this.files());
  }

  getTreeItem(node: Node): vscode.TreeItem {
    const item = new vscode.TreeItem(node.label, collapsible(node));
    item.id = node.id;
    item.iconPath = new vscode.ThemeIcon(node.icon, node.color ? new vscode.ThemeColor(node.color) : undefined);
    if (node.description) item.description = node.description;
    if (node.tooltip) item.tooltip = node.tooltip;
    if (node.context) item.contextValue = node.context;
    if (node.spoken) item.accessibilityInformation = { label: node.spoken };
    return item;
  }

  refresh(): void {
    const trusted = vscode.workspace.isTrusted;
    this.#tree.message = trusted || this.files().length === 0 ? "" : "Servers are listed and not contacted until you trust this folder.";
    void vscode.commands.executeCommand("setContext", "headfast.state", this.files().length > 0 ? "found" : "none");
    this.#changed.fire();
  }

  dispose(): void {
    this.#tree.dispose();
    this.#changed.dispose();
  }
}

function collapsible(node: Node): vscode.TreeItemCollapsibleState {
  if (node.children.length === 0) return vscode.TreeItemCollapsibleState.None;
  return node.open ? vscode.TreeItemCollapsibleState.Expanded : vscode.TreeItemCollapsibleState.Collapsed;
}
