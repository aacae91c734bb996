/** One server of one file, and what became of the last attempt to connect to it. */
import type { ConnectOptions } from "headfast";
import { t } from "@vscode/l10n";
import type { Auth, CoreClient, Position, Reason, Server, SessionClient } from "../core/client.js";
import { type Problem, toProblem } from "../core/problem.js";
import { listOf, type Offers, offersOf } from "./offers.js";

export type State =
  | { phase: "idle" }
  | { phase: "connecting" }
  /** lost says that the connection is being made anew. */
  | { phase: "ready"; session: SessionClient; offers: Offers; lost: boolean }
  | { phase: "failed"; problem: Problem };

/** What a feature gives to the sessions of an entry. */
export type SessionOptions = (entry: Entry) => ConnectOptions;

/** What an entry needs of the rest. */
export interface Surroundings {
  core: CoreClient;
  /** The core's id of the configuration. */
  config: number;
  /** Whether the person trusts the folder. */
  trusted(): boolean;
  options: readonly SessionOptions[];
  changed(): void;
}

export class Entry {
  state: State = { phase: "idle" };
  /** What the file says until it is explained. */
  auth: Auth;
  /** Whether auth is what would be sent: that the variables have been looked up. */
  expanded = false;
  problems: Problem[];
  /** The place of the entry that its client uses instead; undefined for most. */
  shadowedBy: Position | undefined;
  #closed = false;
  #attempt: AbortController | undefined;

  constructor(
    /** The address of the file that it is in. */
    readonly uri: string,
    readonly server: Server,
    private readonly around: Surroundings,
  ) {
    this.auth = server.auth;
    this.problems = server.problems;
  }

  get core(): CoreClient {
    return this.around.core;
  }

  get config(): number {
    return this.around.config;
  }

  /** Whether this host can reach the server at all: a process needs one that can start it. */
  get reachable(): boolean {
    return this.server.transport !== "stdio" || this.core.startsProcesses;
  }

  get canConnect(): boolean {
    return this.reachable && this.around.trusted() && this.state.phase !== "connecting";
  }

  /** Asks the core what would be sent; nothing is. That reads the environment, which only a trusted folder may. */
  async explain(): Promise<void> {
    if (!this.around.trusted()) return;
    try {
      const { auth, problems } = await this.core.explain(this.config, this.server.name);
      this.auth = auth;
      this.expanded = true;
      this.problems = together(this.server.problems, problems);
    } catch (error) {
      this.problems = [toProblem(error)];
    }
  }

  /** One attempt, only ever because a person asked for it. Its outcome stays until the next one. */
  async connect(): Promise<void> {
    if (!this.canConnect) return;
    const { state } = this;
    const attempt = new AbortController();
    this.#attempt = attempt;
    this.#set({ phase: "connecting" });
    if (state.phase === "ready") await quietly(state.session);
    const outcome = await this.#outcome(attempt.signal);
    if (this.#attempt !== attempt) return quietly(outcome.phase === "ready" ? outcome.session : undefined);
    this.#attempt = undefined;
    this.#set(outcome);
    if (this.#closed) await this.#leave();
  }

  /** Ends the session, or gives up on connecting. */
  async disconnect(): Promise<void> {
    this.#attempt?.abort();
    this.#attempt = undefined;
    await this.#leave();
    if (this.state.phase === "connecting") this.#set({ phase: "idle" });
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#leave();
  }

  async #outcome(signal: AbortSignal): Promise<State> {
    let session: SessionClient | undefined;
    try {
      session = await this.core.connect(this.config, this.server.name, this.#options(signal));
      const offers = await offersOf(session);
      this.#follow(session);
      return { phase: "ready", session, offers, lost: false };
    } catch (error) {
      await quietly(session);
      return { phase: "failed", problem: toProblem(error) };
    }
  }

  #options(signal: AbortSignal): ConnectOptions {
    return Object.assign({}, ...this.around.options.map((give) => give(this)), { signal }) as ConnectOptions;
  }

  /** Keeps the state as the session's, and the lists as the server's. */
  #follow(session: SessionClient): void {
    session.onState(({ phase }) => {
      if (this.state.phase !== "ready" || this.state.session !== session) return;
      if (phase === "closed" || phase === "failed") this.#set({ phase: "failed", problem: ended() });
      else this.#set({ ...this.state, lost: phase === "reconnecting" });
    });
    session.onMessage(({ method }) => void this.#listAgain(session, method));
  }

  async #listAgain(session: SessionClient, method: string): Promise<void> {
    const list = await listOf(session, method);
    if (list && this.state.phase === "ready" && this.state.session === session) {
      this.#set({ ...this.state, offers: { ...this.state.offers, ...list } });
    }
  }

  async #leave(): Promise<void> {
    if (this.state.phase !== "ready") return;
    const { session } = this.state;
    this.#set({ phase: "idle" });
    await quietly(session);
  }

  #set(state: State): void {
    this.state = state;
    if (!this.#closed) this.around.changed();
  }
}

/** Closing is a courtesy to the server: that it failed changes nothing for us. */
async function quietly(session: SessionClient | undefined): Promise<void> {
  await session?.close().catch(() => undefined);
}

function together(these: Reason[], those: Reason[]): Reason[] {
  const same = (a: Reason, b: Reason) => a.code === b.code && a.where.line === b.where.line && a.where.column === b.where.column;
  return [...these, ...those.filter((b) => !these.some((a) => same(a, b)))];
}

function ended(): Problem {
  const where = { file: "", line: 0, column: 0 };
  return { code: "", title: t("The session ended"), body: t("The server, or its process, went away."), hint: t("Connect again."), where };
}
