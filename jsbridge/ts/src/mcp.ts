/**
 * The shapes of MCP that this package names, as schema/2026-07-28/schema.ts of the specification has them. A
 * value is what the server sent: fields that are not named here are kept, and nothing is checked but that it is
 * JSON.
 */

/** A JSON value, as MCP carries it. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
/** A JSON object. */
export type JsonObject = { [key: string]: Json };

/** Tool is MCP's Tool. */
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

/** CallToolResult is what a tool gave. */
export interface CallToolResult {
  /** Content blocks: text, image, audio, resource_link, resource. */
  content: JsonObject[];
  structuredContent?: Json;
  /** The tool ran and failed; this is a result and no rejected promise. */
  isError?: boolean;
  _meta?: JsonObject;
  [more: string]: Json | undefined;
}

/** Resource is something that can be read by its URI. */
export interface Resource {
  uri: string;
  name: string;
  title?: string;
  description?: string;
  mimeType?: string;
  /** Bytes of the raw content. */
  size?: number;
  annotations?: JsonObject;
  _meta?: JsonObject;
  [more: string]: Json | undefined;
}

/** ResourceTemplate describes a family of resources by a URI template (RFC 6570). */
export interface ResourceTemplate {
  uriTemplate: string;
  name: string;
  title?: string;
  description?: string;
  mimeType?: string;
  annotations?: JsonObject;
  _meta?: JsonObject;
  [more: string]: Json | undefined;
}

/** ResourceContents is one part of what reading a resource gave: either text or blob. */
export interface ResourceContents {
  uri: string;
  mimeType?: string;
  text?: string;
  /** The bytes in base64. */
  blob?: string;
  _meta?: JsonObject;
  [more: string]: Json | undefined;
}

/** ReadResourceResult is what reading a resource gave. */
export interface ReadResourceResult {
  contents: ResourceContents[];
  _meta?: JsonObject;
  [more: string]: Json | ResourceContents[] | undefined;
}

/** Prompt is a template for messages that the server offers. */
export interface Prompt {
  name: string;
  title?: string;
  description?: string;
  arguments?: { name: string; title?: string; description?: string; required?: boolean }[];
  _meta?: JsonObject;
  [more: string]: Json | undefined;
}

/** PromptMessage is one message of a prompt. */
export interface PromptMessage {
  role: "user" | "assistant";
  /** A content block: text, image, audio, resource_link or resource. */
  content: JsonObject;
}

/** GetPromptResult is a prompt with its arguments filled in. */
export interface GetPromptResult {
  description?: string;
  messages: PromptMessage[];
  _meta?: JsonObject;
  [more: string]: Json | PromptMessage[] | undefined;
}

/** What is being completed: an argument of a prompt, or a variable of a resource template. */
export type CompletionRef = { type: "ref/prompt"; name: string } | { type: "ref/resource"; uri: string };

/** Completion is what could follow. */
export interface Completion {
  /** 100 at most, best first. */
  values: string[];
  /** How many there are, which may be more than were sent. */
  total?: number;
  hasMore?: boolean;
}

/** Root is a folder or file that the server may work with. */
export interface Root {
  /** A file: URI. */
  uri: string;
  name?: string;
}

/** The levels of log messages, least grave first (RFC 5424). */
export type LogLevel = "debug" | "info" | "notice" | "warning" | "error" | "critical" | "alert" | "emergency";

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
