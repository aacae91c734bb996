/** What both entry points export. */
export { Core } from "./client.js";
export type { ConfigText, CoreOptions } from "./client.js";
export type { Env } from "./driver.js";
export { HeadfastError } from "./errors.js";
export type { Outcome } from "./errors.js";
export type { GoConstructor, GoRuntime } from "./go-runtime.js";
export { FetchHttp } from "./http-fetch.js";
export type { FetchOptions } from "./http-fetch.js";
export type { HttpDriver, HttpSignal, HttpSink } from "./http.js";
export { SCHEMA_HASH, VERSION } from "./msg.gen.js";
export type {
  Auth, Explained, Failure, HTTP, Header, HeaderUse, Loaded, Position, Error as Reason, Rule, Server, State, Trace,
} from "./msg.gen.js";
export type { Session } from "./session.js";
export type {
  CallToolResult, ConnectOptions, Json, JsonObject, Notification, Progress, RequestOptions, Tool, TraceListener,
} from "./types.js";
