/** A core whose answers are written down, files in memory, a clock that is set, and a context of them. */
import type { Clock } from "../src/base/clock.js";
import { Emitter } from "../src/base/emitter.js";
import type { Log } from "../src/base/log.js";
import type { Auth, CoreClient, HeaderUse, Place, Reason, Server, SessionClient } from "../src/core/client.js";
import { CoreService } from "../src/core/service.js";
import { Configurations } from "../src/model/configurations.js";
import type { SessionOptions } from "../src/model/entry.js";
import type { Disk, Folder, Where } from "../src/model/places.js";

export const refused: Reason = {
  code: "HF101",
  party: "server",
  severity: "error",
  title: "The server refused the key it was sent",
  body: '127.0.0.1 answered 401: "Missing or invalid API key"',
  hint: "Edit .mcp.json:7",
  server: "acme",
  url: "https://acme.example/mcp",
  status: 401,
  where: { file: ".mcp.json", line: 7, column: 9 },
  rpcCode: 0,
  rpcData: new Uint8Array(),
};

export function header(part: Partial<HeaderUse> = {}): HeaderUse {
  const where = { file: ".mcp.json", line: 7, column: 9 };
  const none = { variables: [], defaults: [], unset: [], scheme: "", fingerprint: "", note: "" };
  return { name: "X-API-Key", where, ...none, length: 14, credential: true, sent: true, ...part };
}

export function auth(...headers: HeaderUse[]): Auth {
  return { mode: "headers", reason: "A header is configured", rules: [], header: headers, origin: "https://acme.example" };
}

export function server(part: Partial<Server> = {}): Server {
  const where = { file: ".mcp.json", line: 3, column: 5 };
  return {
    name: "acme", transport: "http", url: "https://acme.example/mcp", where, auth: auth(header({ length: 0 })),
    disabled: false, project: "", problems: [], ...part,
  };
}

export function place(part: Partial<Place> = {}): Place {
  return { dialect: "claude-code", client: "Claude Code", scope: "project", path: ".mcp.json", shadows: true, ...part };
}

type StateListener = Parameters<SessionClient["onState"]>[0];
type MessageListener = Parameters<SessionClient["onMessage"]>[0];

export class FakeSession {
  closed = 0;
  greeting: unknown = {};
  tools = [{ name: "test_tool", description: "A test tool", inputSchema: {} }];
  prompts = [{ name: "test_prompt" }];
  resources = [{ name: "test_resource", uri: "test://one" }];
  readonly states: StateListener[] = [];
  readonly messages: MessageListener[] = [];
  async listTools() {
    return this.tools;
  }
  async listPrompts() {
    return this.prompts;
  }
  async listResources() {
    return this.resources;
  }
  onState(listener: StateListener) {
    this.states.push(listener);
    return () => undefined;
  }
  onMessage(listener: MessageListener) {
    this.messages.push(listener);
    return () => undefined;
  }
  async close() {
    this.closed++;
  }
}

type Attempt = FakeSession | Reason | Promise<FakeSession>;

/** Each connect takes the next of attempts; each load gives servers. */
export class FakeCore {
  ended: unknown = undefined;
  startsProcesses = false;
  loads: Parameters<CoreClient["load"]>[0][] = [];
  closed = 0;
  connects: Parameters<CoreClient["connect"]>[] = [];
  explains = 0;
  attempts: Attempt[] = [];
  servers: Server[] = [server()];
  problems: Reason[] = [];
  places: Place[] = [place()];

  async survey() {
    return this.places;
  }

  async load(config: Parameters<CoreClient["load"]>[0]) {
    this.loads.push(config);
    return { id: config.replaces ?? this.loads.length, dialect: "", servers: this.servers, problems: this.problems };
  }

  async explain() {
    this.explains++;
    return { auth: auth(header()), problems: [] };
  }

  async close() {
    this.closed++;
  }

  async connect(...call: Parameters<CoreClient["connect"]>): Promise<FakeSession> {
    this.connects.push(call);
    const next = await this.attempts.shift();
    if (next instanceof FakeSession) return next;
    throw next ?? new Error("no more attempts");
  }
}

export function asCore(fake: FakeCore): CoreClient {
  return fake as unknown as CoreClient;
}

/** Files by their addresses: file:///w/.mcp.json. */
export class FakeDisk implements Disk {
  constructor(readonly files: Record<string, string> = {}) {}
  readonly reads: string[] = [];
  join = (uri: string, path: string) => `${uri}/${path}`;
  at = (path: string) => `file://${path}`;
  path = (uri: string) => uri.replace("file://", "");
  has = async (uri: string) => uri in this.files;
  list = async (uri: string) => Object.keys(this.files).flatMap((name) => (name.startsWith(`${uri}/`) ? [name.slice(uri.length + 1).split("/")[0] ?? ""] : []));
  exposed = async () => false;
  async read(uri: string) {
    this.reads.push(uri);
    const text = this.files[uri];
    if (text === undefined) throw new Error(`${uri} cannot be read`);
    return new TextEncoder().encode(text);
  }
}

/** A clock that stands still until it is told to go on. */
export class FakeClock implements Clock {
  #now = 0;
  #timers: { at: number; run: () => void }[] = [];
  now() {
    return this.#now;
  }
  after(ms: number, run: () => void) {
    const timer = { at: this.#now + ms, run };
    this.#timers.push(timer);
    return { dispose: () => void (this.#timers = this.#timers.filter((one) => one !== timer)) };
  }
  pass(ms: number) {
    this.#now += ms;
    const due = this.#timers.filter(({ at }) => at <= this.#now);
    this.#timers = this.#timers.filter((one) => !due.includes(one));
    for (const { run } of due) run();
  }
}

export class FakeLog implements Log {
  readonly lines: string[] = [];
  debug = (text: string) => void this.lines.push(`debug ${text}`);
  info = (text: string) => void this.lines.push(`info ${text}`);
  warn = (text: string) => void this.lines.push(`warn ${text}`);
  error = (text: string) => void this.lines.push(`error ${text}`);
}

/** What a test may bring; the rest is made. */
export interface Rig {
  cores: FakeCore[];
  files: Record<string, string>;
  folders: Folder[];
  home: string | undefined;
  env: Record<string, string>;
  trusted: boolean;
}

/** A folder /w with a .mcp.json, in a window that is trusted, and the person's home at /home/ann. */
export function rig(part: Partial<Rig> = {}) {
  const given: Rig = {
    cores: [new FakeCore()], files: { "file:///w/.mcp.json": "{}" }, folders: [{ uri: "file:///w", name: "w" }],
    home: "/home/ann", env: {}, trusted: true, ...part,
  };
  const disk = new FakeDisk(given.files);
  const log = new FakeLog();
  const sessionOptions: SessionOptions[] = [];
  const left = [...given.cores];
  const core = new CoreService(async () => {
    const next = left.shift();
    if (!next) throw new Error("no wasm here");
    return asCore(next);
  });
  const where = (): Where => ({ folders: given.folders, home: given.home, variable: (name) => given.env[name], disk });
  const configurations = new Configurations({ core, os: "linux", where, trusted: () => given.trusted, options: sessionOptions, log });
  const granted = new Emitter<void>();
  return { given, fake: given.cores[0]!, disk, log, core, configurations, sessionOptions, granted, clock: new FakeClock() };
}

/** The rig after its first look, with its first entry. */
export async function looked(part: Partial<Rig> = {}) {
  const made = rig(part);
  await made.configurations.refresh();
  return { ...made, entry: made.configurations.entries[0]! };
}
