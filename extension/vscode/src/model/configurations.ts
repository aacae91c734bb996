/** All files and rows that are shown. No vscode here. */
import type { Core, Problem } from "./core.js";
import { toProblem } from "./problem.js";
import { Row } from "./row.js";

/** A configuration file as found: key is its address, path is what messages call it. */
export interface Found {
  key: string;
  path: string;
  text: Uint8Array;
}

export interface ShownFile {
  key: string;
  path: string;
  text: Uint8Array;
  /** The core's id of it; undefined where it could not be loaded at all. */
  config: number | undefined;
  rows: Row[];
  problems: Problem[];
}

export class Store {
  files: ShownFile[] = [];
  #core: Promise<Core> | undefined;
  #queue: Promise<void> = Promise.resolve();

  constructor(
    private readonly open: () => Promise<Core>,
    private readonly changed: () => void,
  ) {}

  get rows(): Row[] {
    return this.files.flatMap((file) => file.rows);
  }

  /** Shows exactly these files. A file whose text is the same keeps its rows, and so their outcomes. */
  show(found: Found[]): Promise<void> {
    this.#queue = this.#queue.then(() => this.#show(found));
    return this.#queue;
  }

  async close(): Promise<void> {
    await Promise.all(this.rows.map((row) => row.close()));
    const core = await this.#core?.catch(() => undefined);
    await core?.close();
  }

  /** The files as shown, or none where the core they live in has died: then it is opened anew. */
  async #living(): Promise<ShownFile[]> {
    const core = await this.#core?.catch(() => undefined);
    if (!core?.ended) return this.files;
    this.#core = undefined;
    return [];
  }

  async #show(found: Found[]): Promise<void> {
    const before = await this.#living();
    this.files = await Promise.all(found.map((file) => this.#refreshed(file, before.find((old) => old.key === file.key))));
    const gone = before.filter((file) => !this.files.includes(file));
    this.changed();
    await Promise.all(gone.flatMap((file) => file.rows.map((row) => row.close())));
  }

  async #refreshed(file: Found, old: ShownFile | undefined): Promise<ShownFile> {
    if (!old || old.config === undefined || !equal(old.text, file.text)) return this.#load(file, old?.config);
    await Promise.all(old.rows.map((row) => row.explain()));
    return old;
  }

  async #load(file: Found, replaces: number | undefined): Promise<ShownFile> {
    try {
      const core = await this.#opened();
      const { id, servers, problems } = await core.load({ path: file.path, text: file.text, replaces });
      const rows = servers.map((server) => new Row(server, core, id, this.changed));
      await Promise.all(rows.map((row) => row.explain()));
      return { ...file, config: id, rows, problems };
    } catch (error) {
      return { ...file, config: undefined, rows: [], problems: [toProblem(error)] };
    }
  }

  /** Opens the core once; after a failure the next call tries again. */
  #opened(): Promise<Core> {
    this.#core ??= this.open().catch((error: unknown) => {
      this.#core = undefined;
      throw error;
    });
    return this.#core;
  }
}

function equal(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
