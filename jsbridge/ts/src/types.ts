import type { ElicitationAnswer, ElicitationRequest } from "./elicitation.js";
import type { Outcome } from "./errors.js";
import type { Json, JsonObject, LogLevel, Notification, Progress, Root } from "./mcp.js";
import type { Error as Reason, Gap, Log, Trace } from "./msg.gen.js";

/** Takes what is wrong with an answer that is given all the same. */
export type WarningListener = (warning: Reason) => void;

/** Options of one request. */
export interface RequestOptions {
  /** Gives up: the promise rejects with outcome "cancelled" and the signal's reason as cause. */
  signal?: AbortSignal | undefined;
  /** Asks the server for progress and is told of it. */
  onProgress?: ((progress: Progress) => void) | undefined;
  /** Milliseconds; the default is 60,000. Progress extends it, and waiting for the person does not count. */
  timeoutMs?: number | undefined;
  /** Asks the server again, though it allowed its last answer to be kept (MCP 2026-07-28, "Caching"). */
  fresh?: boolean | undefined;
  /**
   * Asks for log messages of this level and above, which come as notifications/message to `Session.onMessage`.
   * Before 2026-07-28 the level is the session's, and stays.
   */
  logLevel?: LogLevel | undefined;
  /** Told of what is wrong with a result that is given all the same, such as a tool that was left out. */
  onWarning?: WarningListener | undefined;
}

/** What a question from the server comes with. */
export interface AskContext {
  /** The configured name of the server: show who asks. */
  server: string;
  /** Aborts when the answer is of no use any more: close the dialog. What is answered then goes nowhere. */
  signal: AbortSignal;
}

/**
 * Answers a question from the server. What it throws becomes JSON-RPC error -32603, and the server is told its
 * message, cut to 200 characters: let it say no secret.
 */
export type Answerer<Request, Answer> = (request: Request, context: AskContext) => Answer | Promise<Answer>;

/** CreateMessageRequestParams of MCP (client/sampling): the person must be able to refuse it. */
export type SamplingRequest = JsonObject;

/** CreateMessageResult of MCP: what the model said. */
export interface SamplingAnswer {
  role: "assistant";
  /** A content block, or several. */
  content: JsonObject | JsonObject[];
  model: string;
  /** "endTurn", "stopSequence", "maxTokens" or the provider's own. */
  stopReason?: string;
  [more: string]: Json | undefined;
}

/** Options of a connect. What can be answered is declared to the server as a capability, and nothing else is. */
export interface ConnectOptions {
  /** Gives up on connecting. */
  signal?: AbortSignal | undefined;
  /** Milliseconds for the whole of connecting; the default is 30,000. */
  timeoutMs?: number | undefined;
  /** Pins the revision of the specification, such as "2025-11-25"; without it, the newest that both speak. */
  revision?: string | undefined;
  /** Names the account to use, where there is more than one for the server; without it, the entry's own choice. */
  profile?: string | undefined;
  /**
   * Whether a person may be asked to sign in, where the server's entry asks for that. The default is true where the
   * core has a {@link SignInHost}; without one it is false, whatever is said here.
   */
  signIn?: boolean | undefined;
  /** Lets the server ask the person: a form, or a page to visit. Declares elicitation with form and url. */
  onElicitation?: Answerer<ElicitationRequest, ElicitationAnswer> | undefined;
  /** Lets the server ask the host's model. Declares sampling. */
  onSampling?: Answerer<SamplingRequest, SamplingAnswer> | undefined;
  /** The folders that the server may work with, or what lists them. Declares roots; see `Session.rootsChanged`. */
  roots?: Root[] | ((context: AskContext) => Root[] | Promise<Root[]>) | undefined;
  /** Extensions to declare, by name, each with its settings. io.modelcontextprotocol/tasks always is. */
  extensions?: { [name: string]: JsonObject } | undefined;
  /** As `Session.onGap`, from the start. */
  onGap?: ((gap: Gap) => void) | undefined;
  /** As `Session.onLog`, from the start. */
  onLog?: ((line: Log) => void) | undefined;
  /** Told of what is wrong with a server that can be used all the same. */
  onWarning?: WarningListener | undefined;
}

/** Options of `Core.logoutAccount`. */
export interface LogoutOptions {
  /** Gives up: the promise rejects with outcome "cancelled" and the signal's reason as cause. */
  signal?: AbortSignal | undefined;
  /** Told of what could not be done as it should, such as a token that could not be revoked. */
  onWarning?: WarningListener | undefined;
}

/** Options of `Core.login` and `Core.logout`. */
export interface LoginOptions extends LogoutOptions {
  /** Names the account, where there is more than one for the server; without it, the entry's own choice. */
  profile?: string | undefined;
  /** Has the person type a code on a page, on any device (RFC 8628), whatever the entry says. */
  device?: boolean | undefined;
}

/** What to be told of (MCP 2026-07-28, basic/patterns/subscriptions). What is left out is not asked for. */
export interface ListenFilter {
  /** notifications/tools/list_changed */
  tools?: boolean | undefined;
  /** notifications/prompts/list_changed */
  prompts?: boolean | undefined;
  /** notifications/resources/list_changed */
  resources?: boolean | undefined;
  /** notifications/resources/updated of these URIs */
  uris?: string[] | undefined;
  /** The states of these tasks, by their ids */
  tasks?: string[] | undefined;
}

/** Options of `Session.listen`. */
export interface ListenOptions {
  /** Ends it: the promise resolves. */
  signal?: AbortSignal | undefined;
  /** Told that notifications may have been lost: list again what must be current. It goes on after that. */
  onGap?: ((gap: Gap) => void) | undefined;
}

/** Takes the notifications of a `Session.listen`. */
export type MessageListener = (message: Notification) => void;

/** Takes one line of what happened on the wire and why. Its texts carry no secret. */
export type TraceListener = (line: Trace) => void;

export type { Outcome };
