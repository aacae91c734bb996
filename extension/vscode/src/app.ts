/** The one object that an activated extension is. */
import * as vscode from "vscode";
import type { OpenCore } from "./core.js";
import { findFiles, watchFiles } from "./files.js";
import type { Node } from "./nodes.js";
import type { Row } from "./row.js";
import { Store } from "./store.js";
import { View } from "./view.js";
import { problemText, stateWords, traceLine } from "./words.js";

export class App implements vscode.Disposable {
  readonly #log = vscode.window.createOutputChannel("Headfast", { log: true });
  readonly #store: Store;
  readonly #view: View;
  readonly #owned: vscode.Disposable;

  constructor(open: OpenCore) {
    const wire = () => open((line) => this.#log.debug(traceLine(line)), (text) => this.#log.error(text));
    this.#store = new Store(wire, () => this.#view.refresh());
    this.#view = new View(() => this.#store.files);
    this.#owned = vscode.Disposable.from(
      this.#view,
      watchFiles(() => void this.refresh()),
      vscode.commands.registerCommand("headfast.refresh", () => this.refresh()),
      vscode.commands.registerCommand("headfast.connect", (node?: Node) => this.connect(node?.row)),
      this.#log,
    );
  }

  async refresh(): Promise<void> {
    await this.#store.show(await findFiles(this.#log));
    for (const file of this.#store.files) {
      this.#log.info(`${file.path}: ${file.rows.length} servers`);
      for (const problem of file.problems) this.#log.warn(`${file.path}: ${problemText(problem)}`);
    }
  }

  /** Only ever called because a person asked for it. */
  async connect(asked?: Row): Promise<void> {
    if (!vscode.workspace.isTrusted) return;
    const row = asked ?? (await this.#pick());
    if (!row) return;
    await vscode.window.withProgress({ location: { viewId: "headfast.servers" } }, () => row.connect());
    this.#log.info(`${row.server.name}: ${stateWords(row)}`);
    if (row.state.phase === "failed") this.#log.warn(problemText(row.state.problem));
  }

  dispose(): void {
    this.#owned.dispose();
    void this.#store.close();
  }

  async #pick(): Promise<Row | undefined> {
    const rows = this.#store.rows.filter((row) => row.canConnect);
    if (rows.length < 2) return rows[0];
    const items = rows.map((row) => ({ label: row.server.name, description: stateWords(row), detail: row.server.url, row }));
    return (await vscode.window.showQuickPick(items, { title: "Connect to which server?" }))?.row;
  }
}

export async function start(context: vscode.ExtensionContext, open: OpenCore): Promise<void> {
  const app = new App(open);
  context.subscriptions.push(app);
  await app.refresh();
}
