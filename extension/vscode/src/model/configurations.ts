/** All configuration files of the window, with their entries: the model that every feature looks at. */
import { type Disposable, Emitter } from "../base/emitter.js";
import type { Log } from "../base/log.js";
import type { CoreClient, Place } from "../core/client.js";
import type { CoreService } from "../core/service.js";
import { toProblem, type Problem } from "../core/problem.js";
import type { Entry, SessionOptions } from "./entry.js";
import { ConfigurationFile, type Ground, load, type Read, unreadable } from "./file.js";
import { discover, type Found, spots, type Spot, type Where } from "./places.js";
import { markShadows } from "./shadows.js";

/** What the model needs of the rest. */
export interface ModelOptions {
  core: CoreService;
  /** The survey's name of this system. */
  os: string;
  /** Where to look, as it is now. */
  where(): Where;
  trusted(): boolean;
  options: readonly SessionOptions[];
  log: Log;
}

export class Configurations implements Disposable {
  /** Those that tell of servers, in the order of the core's survey. */
  files: readonly ConfigurationFile[] = [];
  /** Where files are looked for; empty before the first refresh. */
  spots: readonly Spot[] = [];
  /** Why nothing can be shown at all; undefined where something can. */
  problem: Problem | undefined;
  /** Whether there was a refresh. */
  known = false;
  readonly #changed = new Emitter<void>();
  readonly onDidChange = this.#changed.event;
  #all: readonly ConfigurationFile[] = [];
  #queue: Promise<void> = Promise.resolve();
  #places: Promise<readonly Place[]> | undefined;

  constructor(private readonly given: ModelOptions) {}

  get entries(): readonly Entry[] {
    return this.files.flatMap((file) => file.entries);
  }

  /** The file at an address, as URIs are written. */
  at(uri: string): ConfigurationFile | undefined {
    return this.#all.find((file) => file.uri === uri);
  }

  /** Looks again, one look at a time. A file whose text is the same keeps its entries, and so their outcomes. */
  refresh(): Promise<void> {
    this.#queue = this.#queue.then(() => this.#refresh());
    return this.#queue;
  }

  /** Ends all sessions. */
  async close(): Promise<void> {
    await Promise.all(this.#all.map((file) => file.close()));
  }

  dispose(): void {
    this.#changed.dispose();
    void this.close();
  }

  async #refresh(): Promise<void> {
    try {
      const core = await this.given.core.get();
      const where = this.given.where();
      this.spots = spots(await this.#surveyed(core), where);
      await this.#show(core, await discover(this.spots, where), where);
      this.problem = undefined;
    } catch (error) {
      this.problem = toProblem(error);
      this.given.log.error(this.problem.body);
    }
    this.known = true;
    this.#changed.fire();
  }

  async #show(core: CoreClient, found: Found[], where: Where): Promise<void> {
    const before = this.#all;
    this.#all = await Promise.all(found.map((file) => this.#file(file, core, where)));
    this.files = this.#all.filter((file) => file.tells);
    markShadows(this.files);
    this.#tell(before);
    await Promise.all(before.filter((file) => !this.#all.includes(file)).map((file) => file.close()));
  }

  async #file(found: Found, core: CoreClient, where: Where): Promise<ConfigurationFile> {
    const before = this.at(found.uri);
    const read: Read = { ...found, text: new Uint8Array(), exposed: false };
    try {
      read.text = await where.disk.read(found.uri);
      read.exposed = await where.disk.exposed(found.uri);
    } catch (error) {
      return unreadable(read, error);
    }
    if (!before?.isCurrent(read, core)) return load(read, core, before, this.#ground(where));
    await Promise.all(before.entries.map((entry) => entry.explain()));
    return before;
  }

  #ground(where: Where): Ground {
    const { trusted, options } = this.given;
    const folders = where.folders.map((folder) => where.disk.path(folder.uri));
    return { trusted, options, folders, changed: () => this.#changed.fire() };
  }

  /** Into the log: what is new, and what is wrong with it. */
  #tell(before: readonly ConfigurationFile[]): void {
    for (const { read, entries, problems } of this.files.filter((file) => !before.includes(file))) {
      this.given.log.info(`${read.path}: ${entries.length} servers`);
      for (const { code, title, body } of problems) this.given.log.warn(`${read.path}: ${title} (${code}). ${body}`);
    }
  }

  #surveyed(core: CoreClient): Promise<readonly Place[]> {
    this.#places ??= core.survey(this.given.os).catch((error: unknown) => {
      this.#places = undefined;
      throw error;
    });
    return this.#places;
  }
}
