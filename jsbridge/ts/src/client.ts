import { MemoryAccounts } from "./account-store.js";
import type { AccountStore } from "./account-store.js";
import { Asks } from "./asks.js";
import { warn } from "./calls.js";
import { Driver } from "./driver.js";
import type { Env } from "./driver.js";
import { guarded } from "./emitter.js";
import { HeadfastError, defect } from "./errors.js";
import { globalGo } from "./go-runtime.js";
import type { GoConstructor } from "./go-runtime.js";
import type { HttpDriver } from "./http.js";
import { Instance } from "./instance.js";
import { fromJson, toBytes } from "./json.js";
import { PHASE_CLOSED, PHASE_FAILED } from "./msg.gen.js";
import type { Account, Ask, Effect, Explained, Finding, Hello, Loaded, Logout, Place, Probed, State, Translated } from "./msg.gen.js";
import type { Answer } from "./pending.js";
import { Pending } from "./pending.js";
import { Prompts } from "./prompts.js";
import type { KeptInput, Prompter } from "./prompts.js";
import type { ProcessDriver } from "./processes.js";
import { Session } from "./session.js";
import type { Signer } from "./signer.js";
import type { SignInHost } from "./signin-host.js";
import type { Files } from "./stores.js";
import { Agreements, trusted } from "./trust.js";
import type { AskAgreement, TrustStore, Trusted } from "./trust.js";
import type { ConnectOptions, LoginOptions, LogoutOptions, TraceListener } from "./types.js";
import { WebSigner } from "./web-signer.js";

/** How long close waits for the servers to be told, and for processes to end, in milliseconds. */
const CLOSE_MS = 5_000;

/** What a core is opened with. */
export interface CoreOptions {
  /** The module, compiled or as bytes. */
  wasm: WebAssembly.Module | BufferSource;
  /** Go's class from wasm_exec.js; without it, `globalThis.Go`. */
  goRuntime?: GoConstructor;
  http: HttpDriver;
  /** Starts the servers that speak over standard streams; without it, none can be started. */
  processes?: ProcessDriver | undefined;
  /** The environment that a configuration's variables are expanded from. */
  env: Env;
  /** Reads the files that a configuration names, such as that of a key; without it, none can be read. */
  files?: Files | undefined;
  /** Keeps sign-ins; without it, they are kept for as long as the core lives. */
  accounts?: AccountStore | undefined;
  /** Keeps what the person has agreed to; without it, it is kept for as long as the core lives. */
  trust?: TrustStore | undefined;
  /** Asks the person whether an entry of a project's file may act; without it, nobody agrees to anything. */
  agree?: AskAgreement | undefined;
  /** Opens pages and receives redirects, for people to sign in; without one, nobody is asked to. */
  signIn?: SignInHost | undefined;
  /** Asks for the values that a configuration wants of a person (`${input:id}`); without one, none is given. */
  prompt?: Prompter | undefined;
  /** Signs proofs and assertions; without it, a {@link WebSigner}, whose keys live as long as the core. */
  signer?: Signer | undefined;
  /** MCP's clientInfo. */
  client: { name: string; title: string; version: string };
  /**
   * The https URL of this client's metadata, by which an authorization server can know it without registration
   * (OAuth Client ID Metadata Documents).
   */
  clientDocument?: string | undefined;
  /** Told of every HTTP exchange and why it was sent as it was. */
  trace?: TraceListener | undefined;
  /** Whether every HTTP exchange is kept, without its secrets, for {@link Core.export}. */
  record?: boolean | undefined;
}

/** A configuration file's text. */
export interface ConfigText {
  /** How the file is called in messages. Nothing is opened. */
  path: string;
  text: string | Uint8Array;
  /** The folder that the file is in, whole: a headersHelper with a relative path is run from there. */
  folder?: string | undefined;
  /** The client whose file it is, of Core.dialects; where it is not given, the core guesses it from path and text. */
  dialect?: string | undefined;
  /**
   * "project" for a file that was found in a folder that may be anybody's: its entries act only after the person has
   * agreed. "user" or "managed" for one that was found elsewhere, nothing for one that the person named.
   */
  scope?: string | undefined;
  /** Whether a version control system has the file. */
  tracked?: boolean | undefined;
  /** Whether others on this machine can read the file. */
  exposed?: boolean | undefined;
  /** The id of a configuration that this one replaces. */
  replaces?: number | undefined;
}

/** Core is one running core: configurations are loaded into it and sessions opened from them. */
export class Core {
  private readonly driver: Driver;
  private readonly pending: Pending;
  private readonly asks: Asks;
  private readonly agreements: Agreements;
  private readonly trust: TrustStore;
  private readonly prompts: Prompts;
  private readonly sessions = new Map<number, Session>();
  private hello: Hello | undefined;

  private constructor(
    instance: Instance,
    private readonly options: Omit<CoreOptions, "wasm" | "goRuntime">,
  ) {
    this.trust = options.trust ?? new MemoryAccounts();
    this.driver = new Driver(instance, {
      http: options.http,
      processes: options.processes,
      env: options.env,
      files: options.files,
      accounts: options.accounts ?? new MemoryAccounts(),
      trust: this.trust,
      signIn: options.signIn,
      signer: options.signer ?? new WebSigner(),
      onEffect: (effect) => this.onEffect(effect),
      onEnd: (why) => this.end(why),
    });
    this.pending = new Pending((input) => this.driver.push(input));
    this.asks = new Asks((input) => this.driver.push(input));
    this.agreements = new Agreements(options.agree, (input) => this.driver.push(input));
    this.prompts = new Prompts(options.prompt, (input) => this.driver.push(input));
  }

  /**
   * open starts the module and greets it.
   *
   * @throws HeadfastError HF900 if the module and this package do not belong together
   */
  static async open(options: CoreOptions): Promise<Core> {
    const { wasm, goRuntime = globalGo(), ...rest } = options;
    const module = wasm instanceof WebAssembly.Module ? wasm : await WebAssembly.compile(wasm);
    return Core.over(await Instance.start(module, goRuntime), rest);
  }

  /** over greets an instance that runs already. */
  static over(instance: Instance, options: Omit<CoreOptions, "wasm" | "goRuntime">): Core {
    const core = new Core(instance, options);
    const { name, title, version: clientVersion } = options.client;
    const { clientDocument = "", trace, record = false } = options;
    core.hello = core.driver.greet({ name, title, clientVersion, trace: trace !== undefined, record, clientDocument });
    return core;
  }

  /** Names the core's version and the Go that built it. */
  get build(): string {
    return this.hello?.build ?? "";
  }

  /** dialects are the IDs of the clients whose configuration files are read, such as "claude-code" and "vs-code". */
  get dialects(): readonly string[] {
    return this.hello?.dialects ?? [];
  }

  /** Whether servers that are processes (stdio) can be started here. */
  get startsProcesses(): boolean {
    return this.options.processes !== undefined;
  }

  /** Why the core takes no more; undefined while it runs. */
  get ended(): HeadfastError | undefined {
    return this.driver.end;
  }

  /**
   * load reads one configuration file's text. Problems are part of the answer, not a rejection.
   * The answer's `id` names the configuration from now on.
   */
  async load(config: ConfigText): Promise<Loaded> {
    const id = config.replaces ?? this.pending.id();
    const text = toBytes(config.text);
    const load = {
      id, path: config.path, dir: config.folder ?? "", dialect: config.dialect ?? "", text,
      scope: config.scope ?? "", tracked: config.tracked ?? false, exposed: config.exposed ?? false,
    };
    const answer = await this.pending.ask(id, { load });
    if (!("loaded" in answer)) throw unexpected(answer);
    return answer.loaded;
  }

  /**
   * survey tells where the clients that are known look for their configuration files. Nothing is read.
   *
   * @param os - "linux", "darwin" or "windows"; with another, only the places that are the same on every system
   */
  async survey(os: string): Promise<Place[]> {
    const id = this.pending.id();
    const answer = await this.pending.ask(id, { survey: { id, os } });
    if (!("places" in answer)) throw unexpected(answer);
    return answer.places.list;
  }

  /**
   * explain tells what would be sent to a server, and why. Nothing is sent.
   *
   * @param profile - the account's name, as in ConnectOptions
   * @param as - the clients of which to tell what they would make of the entry, of `dialects`; "all" is every one
   */
  async explain(config: number, server: string, profile = "", as: string[] = []): Promise<Explained> {
    const id = this.pending.id();
    const answer = await this.pending.ask(id, { explain: { id, config, server, profile, as } });
    if (!("explained" in answer)) throw unexpected(answer);
    return answer.explained;
  }

  /**
   * translate says an entry as another client's file would have it, with what cannot be said there. No key is copied, and
   * nothing is sent or written.
   *
   * @param to - the other client, of `dialects`
   * @param into - the file that the entry is to be put into: the answer then has the edits that do so, in UTF-8 bytes
   * @throws HeadfastError where it cannot be said there, or the file cannot be read
   */
  async translate(config: number, server: string, to: string, into?: { path: string; text: string | Uint8Array }): Promise<Translated> {
    const id = this.pending.id();
    const file = { path: into?.path ?? "", into: toBytes(into?.text ?? "") };
    const answer = await this.pending.ask(id, { translate: { id, config, server, to, ...file } });
    if (!("translated" in answer)) throw unexpected(answer);
    return answer.translated;
  }

  /**
   * probe asks a server what it is: at the entry's URL as connect does, with what is configured; and only where that
   * does not work, at a few other paths of the same origin and for who signs people in, with nothing that is configured.
   * What is wrong with the server is the answer's problem.
   *
   * @param timeoutMs - bounds the whole, in milliseconds; 0 is 30 s
   * @throws HeadfastError where the entry cannot be used, and where the signal aborts
   */
  async probe(config: number, server: string, timeoutMs = 0, signal?: AbortSignal): Promise<Probed> {
    const id = this.pending.id();
    return this.pending.probe(id, { probe: { id, config, server, timeoutMs } }, signal);
  }

  /**
   * lint tells what is wrong with configurations, also with one that could not be read, each finding at its token and with
   * edits that mend it. Nothing is sent, and no secret is shown.
   *
   * @param configs - the ids of Loadeds, of which an earlier one goes before a later one of the same client
   */
  async lint(configs: number[]): Promise<Finding[]> {
    const id = this.pending.id();
    const answer = await this.pending.ask(id, { lint: { id, configs } });
    if (!("findings" in answer)) throw unexpected(answer);
    return answer.findings.list;
  }

  /**
   * connect opens a session with a server of a loaded configuration.
   *
   * @param config - the id of a Loaded
   * @param server - the entry's name
   * @throws HeadfastError
   */
  async connect(config: number, server: string, options: ConnectOptions = {}): Promise<Session> {
    const id = this.pending.id();
    const signIn = this.options.signIn !== undefined && options.signIn !== false;
    const session = new Session(id, server, this.pending, { ...options, signIn }, () => this.forget(id));
    this.sessions.set(id, session);
    try {
      return await session.connect(config);
    } catch (e) {
      this.forget(id);
      throw e;
    }
  }

  /**
   * login signs in to a server, whether or not it has asked for that, and keeps the sign-in. Nothing that is
   * configured for headers is sent.
   *
   * @param config - the id of a Loaded
   * @param server - the entry's name
   * @throws HeadfastError
   */
  async login(config: number, server: string, { profile = "", device = false, signal, onWarning }: LoginOptions = {}): Promise<void> {
    const id = this.pending.id();
    warn(await this.pending.request(id, { login: { id, config, server, profile, grant: device ? "device_code" : "" } }, signal), onWarning);
  }

  /**
   * logout revokes a server's sign-in and forgets it. What could not be revoked is a warning: it is forgotten all
   * the same.
   *
   * @param config - the id of a Loaded
   * @param server - the entry's name
   * @throws HeadfastError
   */
  logout(config: number, server: string, { profile = "", ...options }: LoginOptions = {}): Promise<void> {
    return this.forgetAccount({ config, server, profile, key: "" }, options);
  }

  /**
   * logoutAccount is {@link logout} of a sign-in that `tokens` lists, also of one that no configuration names any more.
   *
   * @param key - an Account's
   * @throws HeadfastError
   */
  logoutAccount(key: string, options: LogoutOptions = {}): Promise<void> {
    return this.forgetAccount({ config: 0, server: "", profile: "", key }, options);
  }

  /** trusted lists the entries that the person has agreed to. */
  async trusted(): Promise<Trusted[]> {
    const keys = await this.trust.keys();
    return Promise.all(keys.map(async (key) => trusted(key, await this.trust.get(key))));
  }

  /** distrust forgets what was agreed to under a key of `trusted`: the person is asked again. An open session goes on. */
  async distrust(key: string): Promise<void> {
    await this.trust.delete(key);
  }

  /**
   * tokens lists the sign-ins that are kept, without their secrets.
   *
   * @throws HeadfastError where the store cannot be read
   */
  async tokens(): Promise<Account[]> {
    const id = this.pending.id();
    const answer = await this.pending.ask(id, { tokens: { id } });
    if (!("accounts" in answer)) throw unexpected(answer);
    return answer.accounts.accounts;
  }

  /**
   * export tells what was exchanged over HTTP so far, where the core was opened with `record`: as a HTTP Archive 1.2, which
   * the network panel of a browser opens, or as a command of curl for each request, with variables in the place of secrets
   * and an empty line between two. No secret is in it.
   *
   * @param exchange - a Trace's, for that one alone
   * @throws HeadfastError where nothing is recorded
   */
  async export(format: "har" | "curl", exchange = 0): Promise<string> {
    const id = this.pending.id();
    const answer = await this.pending.ask(id, { export: { id, format, exchange } });
    if (!("exported" in answer)) throw unexpected(answer);
    return new TextDecoder().decode(answer.exported.text);
  }

  /**
   * inputs lists the answers to prompts that are kept, never what was answered.
   *
   * @throws HeadfastError where the store cannot be read
   */
  inputs(): Promise<KeptInput[]> {
    return this.forgetInputs([]);
  }

  /**
   * forgetInputs forgets answers by their keys, and resolves with those that are left.
   *
   * @throws HeadfastError where the store does not let it
   */
  async forgetInputs(keys: string[]): Promise<KeptInput[]> {
    const id = this.pending.id();
    const done = await this.pending.request(id, { inputs: { id, forget: keys } });
    return (fromJson(done.result) as unknown as { inputs: KeptInput[] }).inputs;
  }

  /**
   * close ends every session, waits five seconds at most, and gives everything back: connections, and processes,
   * which are killed where they have not ended by themselves.
   */
  async close(): Promise<void> {
    const closing = [...this.sessions.values()].map((session) => session.close());
    if (closing.length > 0) await settledWithin(closing, CLOSE_MS);
    this.driver.close();
  }

  private async forgetAccount(account: Omit<Logout, "id">, { signal, onWarning }: LogoutOptions): Promise<void> {
    const id = this.pending.id();
    warn(await this.pending.request(id, { logout: { id, ...account } }, signal), onWarning);
  }

  private onEffect(effect: Effect): void {
    if (effect.done !== undefined) this.pending.settle(effect.done.id, { done: effect.done });
    else if (effect.loaded !== undefined) this.pending.settle(effect.loaded.id, { loaded: effect.loaded });
    else if (effect.places !== undefined) this.pending.settle(effect.places.id, { places: effect.places });
    else if (effect.explained !== undefined) this.pending.settle(effect.explained.id, { explained: effect.explained });
    else if (effect.translated !== undefined) this.pending.settle(effect.translated.id, { translated: effect.translated });
    else if (effect.probed !== undefined) this.pending.settle(effect.probed.id, { probed: effect.probed });
    else if (effect.findings !== undefined) this.pending.settle(effect.findings.id, { findings: effect.findings });
    else if (effect.accounts !== undefined) this.pending.settle(effect.accounts.id, { accounts: effect.accounts });
    else if (effect.exported !== undefined) this.pending.settle(effect.exported.id, { exported: effect.exported });
    else if (effect.trace !== undefined) this.onTrace(effect.trace);
    else if (effect.ask !== undefined) this.onAsk(effect.ask);
    else if (effect.agree !== undefined) this.agreements.put(effect.agree);
    else if (effect.prompt !== undefined) this.prompts.ask(effect.prompt);
    else if (effect.withdraw !== undefined) this.withdraw(effect.withdraw.id);
    else this.onSession(effect);
  }

  /** The core has one number for each question, so that only one of these knows it. */
  private withdraw(id: number): void {
    this.asks.withdraw(id);
    this.agreements.withdraw(id);
    this.prompts.withdraw(id);
  }

  private onSession(effect: Effect): void {
    const id = (effect.state ?? effect.message ?? effect.gap ?? effect.log)?.session ?? 0;
    if (effect.state !== undefined && over(effect.state)) this.asks.endSession(id);
    this.sessions.get(id)?.onEffect(effect);
  }

  private onAsk(ask: Ask): void {
    this.asks.ask(ask, this.sessions.get(ask.session)?.answerer(ask.method));
  }

  private onTrace(line: NonNullable<Effect["trace"]>): void {
    if (this.options.trace !== undefined) guarded(this.options.trace, line);
  }

  private forget(session: number): void {
    this.sessions.delete(session);
    this.asks.endSession(session);
  }

  private end(why: HeadfastError): void {
    this.pending.end(why);
    this.asks.endSession();
    this.agreements.end();
    this.prompts.end();
  }
}

function over(state: State): boolean {
  return state.phase === PHASE_CLOSED || state.phase === PHASE_FAILED;
}

/** A Done in the place of another answer carries the reason. */
function unexpected(answer: Answer): HeadfastError {
  if ("done" in answer && answer.done.error !== undefined) return new HeadfastError(answer.done.error);
  return defect("The core answered something else", Object.keys(answer).join());
}

async function settledWithin(promises: Promise<void>[], ms: number): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([Promise.allSettled(promises), late]);
  clearTimeout(timer);
}
