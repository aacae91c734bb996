/** Every configuration file as it stands in the editor, also before it is saved, with what the core finds wrong. No vscode here. */
import { type Disposable, Emitter } from "../base/emitter.js";
import type { Log } from "../base/log.js";
import type { CoreClient, Server } from "../core/client.js";
import type { Finding } from "headfast";
import { toProblem } from "../core/problem.js";
import type { CoreService } from "../core/service.js";
import type { Configurations } from "../model/configurations.js";
import type { ConfigurationFile } from "../model/file.js";

/** An open document. */
export interface Document {
  text: string;
  version: number;
}

export interface LiveOptions {
  core: CoreService;
  configurations: Configurations;
  /** What is open under an address; undefined where nothing is. */
  document(uri: string): Document | undefined;
  /** Whole paths of the workspace's folders. */
  folders(): readonly string[];
  log: Log;
}

/** One file, as it was looked at last. */
export interface LiveFile {
  file: ConfigurationFile;
  text: string;
  /** The document's, where one is open. */
  version: number | undefined;
  /** Whether this is the text on the disk. */
  saved: boolean;
  /** The core's id of this very text. */
  config: number;
  servers: readonly Server[];
  findings: readonly Finding[];
}

/** A text that is loaded into a core beside the saved one. Its entries are never connected. */
interface Draft {
  text: string;
  config: number;
  servers: readonly Server[];
}

export class Live implements Disposable {
  files: readonly LiveFile[] = [];
  readonly #changed = new Emitter<void>();
  readonly onDidChange = this.#changed.event;
  #queue: Promise<void> = Promise.resolve();
  #core: CoreClient | undefined;
  readonly #drafts = new Map<string, Draft>();

  constructor(private readonly given: LiveOptions) {}

  at(uri: string): LiveFile | undefined {
    return this.files.find(({ file }) => file.uri === uri);
  }

  /** The file with what was found in this very version of its document. */
  async current(uri: string, version: number): Promise<LiveFile | undefined> {
    if (this.at(uri)?.version !== version && this.given.configurations.at(uri)) await this.update();
    const file = this.at(uri);
    return file?.version === version ? file : undefined;
  }

  /** Looks again, one look at a time. Texts that are the same are not asked about again. */
  update(): Promise<void> {
    this.#queue = this.#queue.then(() => this.#update()).catch((error: unknown) => this.given.log.error(toProblem(error).body));
    return this.#queue;
  }

  dispose(): void {
    this.#changed.dispose();
  }

  async #update(): Promise<void> {
    const { configurations, core: service } = this.given;
    if (!configurations.known || configurations.problem) return;
    const core = await service.get();
    if (this.#core !== core) this.#drafts.clear();
    this.#core = core;
    const read = configurations.files.filter((file) => file.core === core && file.config !== undefined);
    const now = await Promise.all(read.map((file) => this.#read(file, core)));
    if (!same(this.files, now)) await find(core, now);
    else now.forEach((file, i) => (file.findings = this.files[i]?.findings ?? []));
    this.files = now;
    this.#changed.fire();
  }

  async #read(file: ConfigurationFile, core: CoreClient): Promise<LiveFile> {
    const document = this.given.document(file.uri);
    const onDisk = new TextDecoder().decode(file.read.text);
    const text = document?.text ?? onDisk;
    const common = { file, text, version: document?.version, findings: [] };
    if (text === onDisk) return { ...common, saved: true, config: file.config ?? 0, servers: file.entries.map(({ server }) => server) };
    const { config, servers } = await this.#draft(file, text, core);
    return { ...common, saved: false, config, servers };
  }

  async #draft({ uri, read }: ConfigurationFile, text: string, core: CoreClient): Promise<Draft> {
    const before = this.#drafts.get(uri);
    if (before?.text === text) return before;
    const { path, dir: folder, scope, exposed, place } = read;
    const loaded = await core.load({ path, text, folder, dialect: place.dialect, scope, exposed, replaces: before?.config });
    const here = ({ project }: Server) => project === "" || this.given.folders().includes(project);
    const draft = { text, config: loaded.id, servers: loaded.servers.filter(here) };
    this.#drafts.set(uri, draft);
    return draft;
  }
}

/** Asks the core what is wrong: all files at once, since one can hide what another says. */
async function find(core: CoreClient, files: LiveFile[]): Promise<void> {
  const findings = await core.lint(files.map(({ config }) => config));
  for (const file of files) file.findings = findings.filter(({ config }) => config === file.config);
}

function same(before: readonly LiveFile[], now: readonly LiveFile[]): boolean {
  const alike = (a: LiveFile, b: LiveFile | undefined) => a.file === b?.file && a.text === b.text && a.config === b.config;
  return before.length === now.length && before.every((file, i) => alike(file, now[i]));
}
