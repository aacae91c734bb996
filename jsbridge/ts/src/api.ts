/** What both entry points export. */
export { MemoryAccounts } from "./account-store.js";
export type { KeptInput, Prompter, Question, QuestionContext } from "./prompts.js";
export type { AccountStore } from "./account-store.js";
export { Core } from "./client.js";
export type { ConfigText, CoreOptions } from "./client.js";
export type { Env } from "./driver.js";
export type {
  ElicitationAnswer, ElicitationRequest, FieldSchema, FormContent, FormRequest, FormSchema, FormValue, UrlRequest,
} from "./elicitation.js";
export { HeadfastError } from "./errors.js";
export type { Outcome } from "./errors.js";
export { fields, withDefaults } from "./form.js";
export type { Field, FieldKind, FieldOption } from "./form.js";
export { validate } from "./form-check.js";
export type { GoConstructor, GoRuntime } from "./go-runtime.js";
export { HostError } from "./host-error.js";
export type { HostFailure } from "./host-error.js";
export { FetchHttp } from "./http-fetch.js";
export type { FetchOptions } from "./http-fetch.js";
export type { HttpDriver, HttpSignal, HttpSink } from "./http.js";
export { QueueLocks } from "./locks.js";
export type { Locks } from "./locks.js";
export type {
  CallToolResult, Completion, CompletionRef, GetPromptResult, Json, JsonObject, LogLevel, Notification, Progress,
  Prompt, PromptMessage, ReadResourceResult, Resource, ResourceContents, ResourceTemplate, Root, Tool,
} from "./mcp.js";
export { SCHEMA_HASH, VERSION } from "./msg.gen.js";
export type {
  Account, Answered, Auth, Edit, Explained, Fact, Failure, Finding, Fix, Gap, HTTP, Header, HeaderUse, Loaded, Log, Loss, Meaning,
  Place, Position, Probed, Error as Reason, Rule, Server, Span, Spawn, State, Trace, Translated,
} from "./msg.gen.js";
export type { ProcessDriver, ProcessHandle, ProcessSink } from "./processes.js";
export type { Session } from "./session.js";
export type {
  Answerer, AskContext, ConnectOptions, ListenFilter, ListenOptions, LoginOptions, LogoutOptions, MessageListener,
  RequestOptions, SamplingAnswer, SamplingRequest, TraceListener, WarningListener,
} from "./types.js";
export type { SignAnswer, SignRequest, Signer } from "./signer.js";
export type { Arrived, PageRequest, RedirectListener, RedirectRequest, SignInHost } from "./signin-host.js";
export type { Files } from "./stores.js";
export type { Agreement, AskAgreement, TrustStore, Trusted } from "./trust.js";
export { checkUrl } from "./url-check.js";
export type { CheckedUrl } from "./url-check.js";
export { MemoryKeyPairs, WebSigner } from "./web-signer.js";
export type { KeyPairs } from "./web-signer.js";
