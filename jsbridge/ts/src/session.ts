import { Emitter, guarded } from "./emitter.js";
import { fromJson, toJson } from "./json.js";
import type { Message, Request, State } from "./msg.gen.js";
import type { Pending } from "./pending.js";
import type {
  CallToolResult, ConnectOptions, Json, JsonObject, Notification, Progress, RequestOptions, Tool,
} from "./types.js";

const PROGRESS = "notifications/progress";

/** A session with one MCP server. Made by `Core.connect`. */
export class Session {
  private readonly states = new Emitter<State>();
  private readonly messages = new Emitter<Notification>();
  private readonly progress = new Map<number, (progress: Progress) => void>();
  private last: State | undefined;
  private closing: Promise<void> | undefined;
  private info: Json | undefined;

  /** @internal */
  constructor(
    readonly id: number,
    /** The configured name of the server. */
    readonly server: string,
    private readonly pending: Pending,
    private readonly forget: () => void,
  ) {}

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

  /** onMessage tells of every notification but progress. Returns what unsubscribes. */
  onMessage(listener: (message: Notification) => void): () => void {
    return this.messages.on(listener);
  }

  /**
   * listTools follows the pages to the end.
   *
   * @throws HeadfastError
   */
  async listTools(options: RequestOptions = {}): Promise<Tool[]> {
    const result = await this.send("tools/list", undefined, options, true);
    return ((result as { tools?: Tool[] } | undefined)?.tools) ?? [];
  }

  /**
   * callTool runs a tool. A tool that ran and failed is a result with `isError`.
   *
   * @param args - the tool's arguments, as its inputSchema says
   * @throws HeadfastError whose `outcome` says whether the tool may have run
   */
  async callTool(name: string, args: JsonObject = {}, options: RequestOptions = {}): Promise<CallToolResult> {
    const result = await this.send("tools/call", { name, arguments: args }, options, false);
    return result as unknown as CallToolResult;
  }

  /**
   * request sends any MCP request.
   *
   * @returns the JSON result
   * @throws HeadfastError
   */
  request(method: string, params?: JsonObject, options: RequestOptions = {}): Promise<Json | undefined> {
    return this.send(method, params, options, false);
  }

  /** close ends the session, at the server too. A second call waits for the first. */
  close(): Promise<void> {
    this.closing ??= this.end();
    return this.closing;
  }

  /** @internal */
  async connect(config: number, options: ConnectOptions): Promise<this> {
    const id = this.pending.id();
    const { server, id: session } = this;
    const connect = { id, session, config, server, timeoutMs: options.timeoutMs ?? 0 };
    this.info = fromJson(await this.pending.request(id, { connect }, options.signal));
    return this;
  }

  /** @internal */
  onEffect(effect: { state?: State | undefined; message?: Message | undefined }): void {
    if (effect.state !== undefined) {
      this.last = effect.state;
      this.states.emit(effect.state);
    }
    if (effect.message !== undefined) guarded((message) => this.notify(message), effect.message);
  }

  private notify(message: Message): void {
    const params = fromJson(message.params);
    if (message.method !== PROGRESS) {
      this.messages.emit({ method: message.method, params });
      return;
    }
    const listener = this.progress.get(message.request);
    if (listener !== undefined) guarded(listener, params as unknown as Progress);
  }

  private async send(
    method: string, params: Json | undefined, options: RequestOptions, all: boolean,
  ): Promise<Json | undefined> {
    const id = this.pending.id();
    const { onProgress, signal, timeoutMs = 0 } = options;
    const request: Request = {
      id, method, all, timeoutMs,
      session: this.id,
      params: toJson(params),
      progress: onProgress !== undefined,
    };
    if (onProgress === undefined) return fromJson(await this.pending.request(id, { request }, signal));
    this.progress.set(id, onProgress);
    try {
      return fromJson(await this.pending.request(id, { request }, signal));
    } finally {
      this.progress.delete(id);
    }
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
