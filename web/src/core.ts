/** What the page needs of the core. page.ts brings the real one. */

export interface Position {
  file: string;
  line: number;
}

export interface HeaderUse {
  name: string;
  where: Position;
  variables: string[];
  defaults: string[];
  unset: string[];
  scheme: string;
  fingerprint: string;
  length: number;
  sent: boolean;
  note: string;
}

export interface Auth {
  reason: string;
  header: HeaderUse[];
  origin: string;
}

export interface Problem {
  code: string;
  severity: string;
  title: string;
  body: string;
  hint: string;
  where: Position;
}

export interface Server {
  name: string;
  transport: string;
}

export interface Explained {
  server: string;
  transport: string;
  method: string;
  url: string;
  auth: Auth;
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

export interface Loaded {
  id: number;
  servers: Server[];
  problems: Problem[];
}

export interface Core {
  /** Why the core takes no more; undefined while it runs. */
  readonly ended: unknown;
  load(config: { path: string; text: string; replaces: number | undefined }): Promise<Loaded>;
  explain(config: number, server: string): Promise<Explained>;
  connect(config: number, server: string): Promise<Session>;
}

/** Opens the core; it asks env for the variables that a configuration names. */
export type OpenCore = (env: (name: string) => string | undefined) => Promise<Core>;
