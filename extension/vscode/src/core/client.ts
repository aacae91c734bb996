/** The core as the features see it: its public side, so that a test can bring one of its own. */
import type { AskAgreement, ConnectOptions, Core, Prompter, Session, Trace, TrustStore } from "headfast";
import type { Memento, Secrets } from "../base/storage.js";

export type { Account, Auth, Explained, HeaderUse, Loaded, Meaning, Place, Position, Prompt, Reason, Resource, Server, Tool, Trace } from "headfast";

/** A session with a server. */
export type SessionClient = Pick<Session, keyof Session>;

/** A running core. */
export type CoreClient = Omit<Pick<Core, keyof Core>, "connect"> & {
  connect(config: number, server: string, options?: ConnectOptions): Promise<SessionClient>;
};

/** What a core needs of the extension, whichever host it runs in. */
export interface Hooks {
  /** MCP's clientInfo. */
  client: { name: string; title: string; version: string };
  /** Where sign-ins are kept, and what is no secret beside them. */
  secrets: Secrets;
  memory: Memento;
  /** What the person has agreed to, and who asks. */
  trust: TrustStore;
  agree: AskAgreement;
  /** Who asks for what a configuration wants of a person. */
  prompt: Prompter;
  /** Told of every exchange. */
  trace(line: Trace): void;
  /** Told what a dying core says. */
  print(text: string): void;
  /** Has a person go to a page, after asking; rejects where they do not want to. */
  showPage(url: string, server: string, code: string): Promise<void>;
}
