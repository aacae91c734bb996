/** One configuration file, loaded into the core. */
import type { CoreClient, Loaded, Server } from "../core/client.js";
import { type Problem, toProblem } from "../core/problem.js";
import { Entry, type SessionOptions } from "./entry.js";
import type { Found } from "./places.js";

/** HF202 of wasm/problem: the file's top key is another client's, or the file is for other things. */
const WRONG_TOP_KEY = "HF202";

/** A file as found, with what it says. */
export interface Read extends Found {
  text: Uint8Array;
  exposed: boolean;
}

/** What a file's entries share. */
export interface Ground {
  trusted(): boolean;
  options: readonly SessionOptions[];
  /** Whole paths of the workspace's folders. */
  folders: readonly string[];
  changed(): void;
}

export class ConfigurationFile {
  constructor(
    readonly read: Read,
    /** The core that has it; undefined where none could be opened. */
    readonly core: CoreClient | undefined,
    /** The core's id of it; undefined where it could not be loaded. */
    readonly config: number | undefined,
    readonly entries: readonly Entry[],
    /** What is wrong with the file as a whole. */
    readonly problems: readonly Problem[],
  ) {}

  get uri(): string {
    return this.read.uri;
  }

  /** Whether there is anything to show: a client's settings without servers are none of our business. */
  get tells(): boolean {
    if (this.entries.length > 0 || /mcp/i.test(this.read.path)) return true;
    return this.problems.some((problem) => problem.code !== WRONG_TOP_KEY);
  }

  /** Whether it is the same text, in a core that lives. */
  isCurrent(read: Read, core: CoreClient): boolean {
    return this.core === core && this.config !== undefined && this.read.scope === read.scope && equal(this.read.text, read.text);
  }

  async close(): Promise<void> {
    await Promise.all(this.entries.map((entry) => entry.close()));
  }
}

/** Loads a text into the core, in the place of the same file's text before. */
export async function load(read: Read, core: CoreClient, before: ConfigurationFile | undefined, ground: Ground): Promise<ConfigurationFile> {
  try {
    const loaded = await core.load({
      path: read.path,
      text: read.text,
      folder: read.dir,
      dialect: read.place.dialect,
      scope: read.scope,
      exposed: read.exposed,
      replaces: before?.core === core ? before.config : undefined,
    });
    const entries = entriesOf(loaded, read, core, ground);
    await Promise.all(entries.map((entry) => entry.explain()));
    return new ConfigurationFile(read, core, loaded.id, entries, loaded.problems);
  } catch (error) {
    return unreadable(read, error, core);
  }
}

/** A file of which nothing can be said but why. */
export function unreadable(read: Read, error: unknown, core?: CoreClient): ConfigurationFile {
  return new ConfigurationFile(read, core, undefined, [], [toProblem(error)]);
}

function entriesOf(loaded: Loaded, read: Read, core: CoreClient, ground: Ground): Entry[] {
  const here = (server: Server) => server.project === "" || ground.folders.includes(server.project);
  const around = { core, config: loaded.id, trusted: ground.trusted, options: ground.options, changed: ground.changed };
  return loaded.servers.filter(here).map((server) => new Entry(read.uri, server, around));
}

function equal(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
