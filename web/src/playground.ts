/** What happens when a person pastes, types, chooses and connects. It touches no document. */
import type { Core, OpenCore, Problem, Session } from "./core.js";
import { toProblem } from "./problem.js";
import type { Connection, View } from "./view.js";

const PATH = ".mcp.json";
const EMPTY: View = { servers: [], problems: [], explained: undefined, variables: [], connection: { phase: "idle" } };

export class Playground {
  #view = EMPTY;
  #core: Promise<Core> | undefined;
  #config: { core: Core; id: number } | undefined;
  #session: Session | undefined;
  #values = new Map<string, string>();
  #asked = new Set<string>();
  #edits = 0;
  #queue: Promise<void> = Promise.resolve();

  constructor(
    private readonly open: OpenCore,
    private readonly show: (view: View, before: View) => void,
  ) {}

  /** Loads the core ahead of time, while the person pastes. A failure shows with the first paste. */
  warm(): void {
    void this.#later(async () => {
      await this.#opened().catch(() => undefined);
    });
  }

  /** Takes a new text. Of several in a row only the last is worked on. */
  edit(text: string): Promise<void> {
    const edit = ++this.#edits;
    return this.#later(() => (edit === this.#edits ? this.#load(text) : undefined));
  }

  choose(server: string): Promise<void> {
    return this.#later(() => this.#explain(server));
  }

  setVariable(name: string, value: string): Promise<void> {
    if (value) this.#values.set(name, value);
    else this.#values.delete(name);
    const server = this.#view.explained?.server;
    return this.#later(() => (server === undefined ? undefined : this.#explain(server)));
  }

  /** The only thing that sends. Its outcome stays until the next attempt. */
  connect(): Promise<void> {
    const server = this.#view.explained?.server;
    return this.#later(() => (server === undefined ? undefined : this.#connect(server)));
  }

  async #load(text: string): Promise<void> {
    if (text.trim() === "") return this.#nothing([]);
    try {
      const core = await this.#opened();
      const { id, servers, problems } = await core.load({ path: PATH, text, replaces: this.#config?.id });
      this.#config = { core, id };
      this.#update({ servers, problems });
      await this.#forgetGone();
    } catch (error) {
      return this.#nothing([toProblem(error)]);
    }
    await this.#explainFirst();
  }

  /** An outcome says nothing about a text that no longer has its server. */
  async #forgetGone(): Promise<void> {
    const { servers, connection } = this.#view;
    if (connection.phase === "idle" || servers.some(({ name }) => name === connection.server)) return;
    this.#update({ connection: { phase: "idle" } });
    await this.#leave();
  }

  #nothing(problems: Problem[]): void {
    this.#update({ servers: [], problems, explained: undefined, variables: [] });
  }

  /** Stays with the server that was shown, if the new text still has it. */
  async #explainFirst(): Promise<void> {
    const { servers, explained } = this.#view;
    const server = servers.find((entry) => entry.name === explained?.server) ?? servers[0];
    if (server) await this.#explain(server.name);
    else this.#update({ explained: undefined, variables: [] });
  }

  async #explain(server: string): Promise<void> {
    if (!this.#config) return;
    const { core, id } = this.#config;
    this.#asked.clear();
    try {
      const explained = await core.explain(id, server);
      const variables = [...this.#asked].map((name) => ({ name, set: this.#values.has(name) }));
      this.#update({ explained, variables });
    } catch (error) {
      this.#nothing([toProblem(error)]);
    }
  }

  async #connect(server: string): Promise<void> {
    this.#update({ connection: { phase: "connecting", server } });
    await this.#leave();
    this.#update({ connection: await this.#attempt(server) });
  }

  async #attempt(server: string): Promise<Connection> {
    try {
      if (!this.#config) throw new Error("no configuration is loaded");
      this.#session = await this.#config.core.connect(this.#config.id, server);
      return { phase: "ready", server, tools: await this.#session.listTools() };
    } catch (error) {
      await this.#leave();
      return { phase: "failed", server, problem: toProblem(error) };
    }
  }

  /** Closing is a courtesy to the server: that it failed changes nothing here. */
  async #leave(): Promise<void> {
    await this.#session?.close().catch(() => undefined);
    this.#session = undefined;
  }

  /** Opens the core once; where it did not open, or has died, anew. */
  async #opened(): Promise<Core> {
    const core = await this.#core?.catch(() => undefined);
    if (core && !core.ended) return core;
    this.#config = undefined;
    this.#core = this.open((name) => this.#answer(name));
    return this.#core;
  }

  /** What the core asks for is what the page has a field for. */
  #answer(name: string): string | undefined {
    this.#asked.add(name);
    return this.#values.get(name);
  }

  #update(part: Partial<View>): void {
    const before = this.#view;
    this.#view = { ...before, ...part };
    this.show(this.#view, before);
  }

  /** One thing at a time, in the order in which it was asked for. */
  #later(job: () => Promise<void> | undefined): Promise<void> {
    this.#queue = this.#queue.then(job);
    return this.#queue;
  }
}
