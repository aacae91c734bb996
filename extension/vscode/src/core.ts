/** What the extension needs of the core. The entry points node.ts and web.ts bring the real one. */
import type { Trace } from "headfast";

export interface Position {
  file: string;
  line: number;
}

export interface HeaderUse {
  name: string;
  where: Position;
  unset: string[];
  scheme: string;
  fingerprint: string;
  length: number;
  credential: boolean;
  sent: boolean;
  note: string;
}

export interface Auth {
  reason: string;
  header: HeaderUse[];
}

export interface Problem {
  code: string;
  title: string;
  body: string;
  hint: string;
  where: Position;
}

export interface Server {
  name: string;
  transport: string;
  url: string;
  auth: Auth;
  problems: Problem[];
}

export interface Loaded {
  id: number;
  servers: Server[];
  problems: Problem[];
}

export interface Tool {
  name: string;
  description?: string;
}

export interface Session {
  listTools(): Promise<Tool[]>;
  close(): Promise<void>;
}

export interface Core {
  /** Why the core takes no more; undefined while it runs. */
  readonly ended: unknown;
  /** Whether servers that are processes (stdio) can be started here. */
  readonly startsProcesses: boolean;
  load(config: { path: string; text: Uint8Array; replaces: number | undefined }): Promise<Loaded>;
  explain(config: number, server: string): Promise<Pick<Server, "auth" | "problems">>;
  connect(config: number, server: string): Promise<Session>;
  close(): Promise<void>;
}

/** Opens the core. trace is told of every exchange, print of what a dying core says. */
export type OpenCore = (trace: (line: Trace) => void, print: (text: string) => void) => Promise<Core>;
