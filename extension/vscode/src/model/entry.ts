/** One server of one file, and what became of the last attempt to connect to it. No vscode here. */
import type { Auth, Core, Problem, Server, Session, Tool } from "./core.js";
import { toProblem } from "./problem.js";

export type State =
  | { phase: "idle" }
  | { phase: "connecting" }
  | { phase: "ready"; session: Session; tools: Tool[] }
  | { phase: "failed"; problem: Problem };

export class Row {
  state: State = { phase: "idle" };
  auth: Auth;
  problems: Problem[];
  #closed = false;

  constructor(
    readonly server: Server,
    private readonly core: Core,
    private readonly config: number,
    private readonly changed: (row: Row) => void,
  ) {
    this.auth = server.auth;
    this.problems = server.problems;
  }

  /** Whether this host can reach the server at all: a process needs one that can start it. */
  get reachable(): boolean {
    return this.server.transport !== "stdio" || this.core.startsProcesses;
  }

  get canConnect(): boolean {
    return this.reachable && this.state.phase !== "connecting";
  }

  /** Asks the core what would be sent; nothing is. */
  async explain(): Promise<void> {
    try {
      ({ auth: this.auth, problems: this.problems } = await this.core.explain(this.config, this.server.name));
    } catch (error) {
      this.problems = [toProblem(error)];
    }
  }

  /** One attempt. Its outcome stays until the next one. */
  async connect(): Promise<void> {
    if (!this.canConnect) return;
    const { state } = this;
    this.#set({ phase: "connecting" });
    if (state.phase === "ready") await quietly(state.session);
    this.#set(await this.#attempt());
    if (this.#closed) await this.#leave();
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#leave();
  }

  async #attempt(): Promise<State> {
    let session: Session | undefined;
    try {
      session = await this.core.connect(this.config, this.server.name);
      return { phase: "ready", session, tools: await session.listTools() };
    } catch (error) {
      await quietly(session);
      return { phase: "failed", problem: toProblem(error) };
    }
  }

  async #leave(): Promise<void> {
    if (this.state.phase !== "ready") return;
    const { session } = this.state;
    this.state = { phase: "idle" };
    await quietly(session);
  }

  #set(state: State): void {
    this.state = state;
    if (!this.#closed) this.changed(this);
  }
}

/** Closing is a courtesy to the server: that it failed changes nothing for us. */
async function quietly(session: Session | undefined): Promise<void> {
  await session?.close().catch(() => undefined);
}
