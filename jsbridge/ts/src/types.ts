import type { Outcome } from "./errors.js";
import type { Trace } from "./msg.gen.js";

/** A JSON value, as MCP carries it. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
/** A JSON object. */
export type JsonObject = { [key: string]: Json };

/** Tool is MCP's Tool as the server sent it; fields that are not named here are kept. */
export interface Tool {
  name: string;
  title?: string;
  description?: string;
  /** A JSON Schema of type "object". */
  inputSchema: JsonObject;
  outputSchema?: JsonObject;
  annotations?: JsonObject;
  _meta?: JsonObject;
  [more: string]: Json | undefined;
}

/** CallToolResult is MCP's, as the server sent it. */
export interface CallToolResult {
  /** Content blocks: text, image, audio, resource_link, resource. */
  content: JsonObject[];
  structuredContent?: Json;
  /** The tool ran and failed; this is a result and no rejected promise. */
  isError?: boolean;
  _meta?: JsonObject;
  [more: string]: Json | undefined;
}

/** Progress is the params of one notifications/progress. */
export interface Progress {
  progress: number;
  total?: number;
  message?: string;
  [more: string]: Json | undefined;
}

/** A notification from the server. */
export interface Notification {
  method: string;
  /** undefined where the server sent none. */
  params: Json | undefined;
}

/** Options of one request. */
export interface RequestOptions {
  /** Gives up: the promise rejects with outcome "cancelled" and the signal's reason as cause. */
  signal?: AbortSignal | undefined;
  /** Asks the server for progress and is told of it. */
  onProgress?: ((progress: Progress) => void) | undefined;
  /** Milliseconds; the default is 60,000, and progress extends it. */
  timeoutMs?: number | undefined;
}

/** Options of a connect. */
export interface ConnectOptions {
  signal?: AbortSignal | undefined;
  /** Milliseconds for the whole of connecting; the default is 30,000. */
  timeoutMs?: number | undefined;
}

/** Takes one line of what happened on the wire and why. Its texts carry no secret. */
export type TraceListener = (line: Trace) => void;

export type { Outcome };
