"use strict";
// A file system "virtual", whose files the test server has. They can be read, written and watched.
const vscode = require("vscode");

exports.activate = (context) => {
  const origin = context.extensionUri.with({ path: "" }).toString(true).replace(/\/$/, "");
  const files = new Files(origin);
  context.subscriptions.push(files, vscode.workspace.registerFileSystemProvider("virtual", files));
};

class Files {
  #origin;
  #emitter = new vscode.EventEmitter();
  #known = new Map();
  #timer = setInterval(() => void this.#look(), 300);
  onDidChangeFile = this.#emitter.event;

  constructor(origin) {
    this.#origin = origin;
  }

  async stat({ path }) {
    const found = (await this.#listing()).get(path);
    if (!found) throw vscode.FileSystemError.FileNotFound(path);
    return { type: found.folder ? vscode.FileType.Directory : vscode.FileType.File, ctime: 0, mtime: found.mtime, size: found.size };
  }

  async readDirectory({ path }) {
    const below = [...(await this.#listing()).values()].filter((one) => one.path.replace(/\/[^/]*$/, "") === path);
    return below.map((one) => [one.path.split("/").pop(), one.folder ? vscode.FileType.Directory : vscode.FileType.File]);
  }

  async readFile(uri) {
    const response = await fetch(this.#origin + encodeURI(uri.path));
    if (!response.ok) throw vscode.FileSystemError.FileNotFound(uri);
    return new Uint8Array(await response.arrayBuffer());
  }

  async writeFile({ path }, body) {
    const response = await fetch(this.#origin + encodeURI(path), { method: "PUT", body });
    if (!response.ok) throw vscode.FileSystemError.NoPermissions(path);
    await this.#look();
  }

  createDirectory(uri) {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  delete(uri) {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  rename(uri) {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  watch() {
    return new vscode.Disposable(() => undefined);
  }

  dispose() {
    clearInterval(this.#timer);
  }

  async #listing() {
    const list = await (await fetch(`${this.#origin}/listing`)).json();
    return new Map(list.map((one) => [one.path, one]));
  }

  async #look() {
    const now = await this.#listing().catch(() => undefined);
    if (!now) return;
    const event = (type) => (path) => ({ type, uri: vscode.Uri.from({ scheme: "virtual", path }) });
    const { Created, Changed, Deleted } = vscode.FileChangeType;
    const created = [...now.keys()].filter((path) => !this.#known.has(path));
    const changed = [...now.keys()].filter((path) => this.#known.has(path) && this.#known.get(path).mtime !== now.get(path).mtime);
    const deleted = [...this.#known.keys()].filter((path) => !now.has(path));
    const first = this.#known.size === 0;
    this.#known = now;
    const events = [...created.map(event(Created)), ...changed.map(event(Changed)), ...deleted.map(event(Deleted))];
    if (!first && events.length > 0) this.#emitter.fire(events);
  }
}
