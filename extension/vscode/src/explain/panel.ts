/** One webview, of one server. */
import * as vscode from "vscode";
import type { Context } from "../context.js";
import type { Position } from "../core/client.js";
import { openPlace } from "../servers/place.js";
import { html, makeNonce } from "./html.js";
import type { Said } from "./page/types.js";
import { explain, type Watched } from "./watched.js";

export class Panel implements vscode.Disposable {
  readonly #panel: vscode.WebviewPanel;
  readonly #owned: vscode.Disposable;
  #places: readonly Position[] = [];
  /** Of the last look: an earlier one that ends later is not shown. */
  #look = 0;

  constructor(
    private readonly context: Context,
    private readonly watched: Watched,
    script: string,
    gone: () => void,
  ) {
    const options = { enableScripts: true, enableForms: false, localResourceRoots: [], enableFindWidget: true };
    const title = vscode.l10n.t("Explain {0}", watched.name);
    this.#panel = vscode.window.createWebviewPanel("headfast.explain", title, vscode.ViewColumn.Active, options);
    const { webview } = this.#panel;
    const refresh = () => void this.#show();
    this.#owned = vscode.Disposable.from(
      webview.onDidReceiveMessage((said: Said) => this.#hear(said)),
      context.configurations.onDidChange(refresh),
      context.trust.onDidGrant(refresh),
      this.#panel.onDidDispose(gone),
    );
    webview.html = html({ script, nonce: makeNonce(), lang: vscode.env.language });
  }

  reveal(): void {
    this.#panel.reveal();
  }

  dispose(): void {
    this.#owned.dispose();
    this.#panel.dispose();
  }

  async #show(): Promise<void> {
    const look = ++this.#look;
    const { page, places } = await explain(this.context, this.watched);
    if (look !== this.#look) return;
    this.#places = places;
    await this.#panel.webview.postMessage(page);
  }

  /** A place is named by its number alone: the page cannot ask for any other. */
  async #hear(said: Said): Promise<void> {
    if ("ready" in said) return this.#show();
    const where = this.#places[said.open];
    if (where) await openPlace(this.context, where, this.watched.uri);
  }
}
