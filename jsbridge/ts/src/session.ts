import { answererOf, capabilitiesOf } from "./answerers.js";
import type { Make } from "./answerers.js";
import { Calls, notification, resultOf } from "./calls.js";
import { Emitter, guarded } from "./emitter.js";
import { toJson } from "./json.js";
import type {
  CallToolResult, Completion, CompletionRef, GetPromptResult, Json, JsonObject, Notification, Prompt,
  ReadResourceResult, Resource, ResourceTemplate, Tool,
} from "./mcp.js";
import type { Effect, Gap, Log, Message, State } from "./msg.gen.js";
import type { Pending } from "./pending.js";
import type { ConnectOptions, ListenFilter, ListenOptions, MessageListener, RequestOptions } from "./types.js";

/**
 * A session with one MCP server. Made by `Core.connect`.
 *
 * Every method that asks the server rejects with a HeadfastError, whose `outcome` says whether the request may
 * have run.
 */
export class Session {
  private readonly states = new Emitter<State>();
  private readonly messages = new Emitter<Notification>();
  private readonly gaps = new Emitter<Gap>();
  private readonly logs = new Emitter<Log>();
  private readonly calls: Calls;
  private last: State | undefined;
  private closing: Promise<void> | undefined;
  private info: Json | undefined;

  /** @internal */
  constructor(
    readonly id: number,
    /** The configured name of the server. */
    readonly server: string,
    private readonly pending: Pending,
    private readonly options: ConnectOptions,
    private readonly forget: () => void,
  ) {
    this.calls = new Calls(id, pending);
    if (options.onGap !== undefined) this.gaps.on(options.onGap);
    if (options.onLog !== undefined) this.logs.on(options.onLog);
  }

  /** The session's last state: phase, revision, transport, who the server is. */
  get state(): State | undefined {
    return this.last;
  }

  /** The server's DiscoverResult or InitializeResult as it sent it; `{}` where it has neither. */
  get greeting(): Json | undefined {
    return this.info;
  }

  /** onState tells of every later state. Returns what unsubscribes. */
  onState(listener: (state: State) => void): () => void {
    return this.states.on(listener);
  }

  /** onMessage tells of every notification but progress and what a `listen` takes. Returns what unsubscribes. */
  onMessage(listener: MessageListener): () => void {
    return this.messages.on(listener);
  }

  /** onGap tells that notifications may have been lost: list again what must be current. Returns what unsubscribes. */
  onGap(listener: (gap: Gap) => void): () => void {
    return this.gaps.on(listener);
  }

  /** onLog tells of every line that the server's process writes to its standard error. Returns what unsubscribes. */
  onLog(listener: (line: Log) => void): () => void {
    return this.logs.on(listener);
  }

  /** listTools follows the pages to the end. */
  listTools(options: RequestOptions = {}): Promise<Tool[]> {
    return this.list("tools/list", "tools", options);
  }

  /**
   * callTool runs a tool. A tool that ran and failed is a result with `isError`.
   *
   * @param args - the tool's arguments, as its inputSchema says
   */
  async callTool(name: string, args: JsonObject = {}, options: RequestOptions = {}): Promise<CallToolResult> {
    return (await this.request("tools/call", { name, arguments: args }, options)) as unknown as CallToolResult;
  }

  /** listResources follows the pages to the end. */
  listResources(options: RequestOptions = {}): Promise<Resource[]> {
    return this.list("resources/list", "resources", options);
  }

  /** listResourceTemplates follows the pages to the end. */
  listResourceTemplates(options: RequestOptions = {}): Promise<ResourceTemplate[]> {
    return this.list("resources/templates/list", "resourceTemplates", options);
  }

  /** readResource reads one resource; a folder may give several contents. */
  async readResource(uri: string, options: RequestOptions = {}): Promise<ReadResourceResult> {
    return (await this.request("resources/read", { uri }, options)) as unknown as ReadResourceResult;
  }

  /** listPrompts follows the pages to the end. */
  listPrompts(options: RequestOptions = {}): Promise<Prompt[]> {
    return this.list("prompts/list", "prompts", options);
  }

  /**
   * getPrompt fills in a prompt.
   *
   * @param args - by the names of the prompt's arguments
   */
  async getPrompt(name: string, args: Record<string, string> = {}, options: RequestOptions = {}): Promise<GetPromptResult> {
    return (await this.request("prompts/get", { name, arguments: args }, options)) as unknown as GetPromptResult;
  }

  /**
   * complete asks what could follow what has been typed.
   *
   * @param argument - the argument and what it holds so far
   * @param context - the arguments that have a value already
   */
  async complete(
    ref: CompletionRef, argument: { name: string; value: string }, context?: Record<string, string>,
    options: RequestOptions = {},
  ): Promise<Completion> {
    const params: JsonObject = { ref, argument, ...(context && { context: { arguments: context } }) };
    const result = (await this.request("completion/complete", params, options)) as { completion?: Completion } | undefined;
    return result?.completion ?? { values: [] };
  }

  /**
   * request sends any MCP request.
   *
   * @returns the JSON result
   */
  request(method: string, params?: JsonObject, options: RequestOptions = {}): Promise<Json | undefined> {
    return this.calls.request(method, params, options, false);
  }

  /** notify sends any MCP notification. Resolves when the server has taken it. */
  notify(method: string, params?: JsonObject): Promise<void> {
    return this.calls.notify(method, params);
  }

  /** rootsChanged tells the server to list the roots again. */
  rootsChanged(): Promise<void> {
    return this.notify("notifications/roots/list_changed");
  }

  /**
   * listen subscribes to what the server tells by itself: subscriptions/listen in 2026-07-28, resources/subscribe
   * and the session's stream before. The first message is notifications/subscriptions/acknowledged, which says
   * what the server agreed to. A stream that breaks is opened again, after a gap.
   *
   * @returns a promise that resolves when the server, the signal or `close` ends it, and rejects where it fails
   */
  listen(filter: ListenFilter, onMessage: MessageListener, options: ListenOptions = {}): Promise<void> {
    return this.calls.listen(filter, onMessage, options);
  }

  /** close ends the session, at the server too. A second call waits for the first. */
  close(): Promise<void> {
    this.closing ??= this.end();
    return this.closing;
  }

  /** @internal */
  async connect(config: number): Promise<this> {
    const id = this.pending.id();
    const { server, id: session } = this;
    const { timeoutMs = 0, revision = "", profile = "", signIn = false, signal, onWarning } = this.options;
    const capabilities = toJson(capabilitiesOf(this.options));
    const connect = { id, session, config, server, timeoutMs, capabilities, revision, profile, signIn };
    this.info = resultOf(await this.pending.request(id, { connect }, signal), onWarning);
    return this;
  }

  /** @internal */
  answerer(method: string): Make | undefined {
    return answererOf(method, this.options);
  }

  /** @internal */
  onEffect({ state, message, gap, log }: Effect): void {
    if (state !== undefined) {
      this.last = state;
      this.states.emit(state);
    }
    if (message !== undefined) guarded((m) => this.onNotification(m), message);
    if (gap !== undefined) {
      this.calls.gap(gap);
      this.gaps.emit(gap);
    }
    if (log !== undefined) this.logs.emit(log);
  }

  private onNotification(message: Message): void {
    if (!this.calls.message(message)) this.messages.emit(notification(message));
  }

  private async list<T>(method: string, key: string, options: RequestOptions): Promise<T[]> {
    const result = (await this.calls.request(method, undefined, options, true)) as { [key: string]: T[] } | undefined;
    return result?.[key] ?? [];
  }

  private async end(): Promise<void> {
    const id = this.pending.id();
    try {
      await this.pending.ask(id, { close: { id, session: this.id } });
    } finally {
      this.forget();
    }
  }
}
