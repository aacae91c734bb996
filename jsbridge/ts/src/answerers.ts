import type { ElicitationAnswer, ElicitationRequest, FormSchema } from "./elicitation.js";
import type { Json, JsonObject } from "./mcp.js";
import type { AskContext, ConnectOptions } from "./types.js";
import { checkUrl } from "./url-check.js";

/** The codes of JSON-RPC 2.0 section 5.1 with which an Ask is refused. */
export const METHOD_NOT_FOUND = -32601;
export const INVALID_PARAMS = -32602;
export const INTERNAL_ERROR = -32603;

const ACTIONS: readonly string[] = ["accept", "decline", "cancel"];

/** Refusal answers an Ask with an error of JSON-RPC. */
export class Refusal extends Error {
  constructor(readonly code: number, message: string) {
    super(message);
  }
}

/** Makes the result of one kind of Ask; it may throw a Refusal. */
export type Make = (params: Json | undefined, context: AskContext) => object | Promise<object>;

/** answererOf is what answers a method, as far as the options have it. */
export function answererOf(method: string, options: ConnectOptions): Make | undefined {
  const { onElicitation, onSampling, roots } = options;
  if (method === "elicitation/create" && onElicitation !== undefined) {
    return async (params, context) => {
      const request = elicitationOf(params);
      return answerTo(request, await onElicitation(request, context));
    };
  }
  if (method === "sampling/createMessage" && onSampling !== undefined) {
    return (params, context) => onSampling(object(params), context);
  }
  if (method === "roots/list" && roots !== undefined) {
    return async (_, context) => ({ roots: typeof roots === "function" ? await roots(context) : roots });
  }
  return undefined;
}

/** capabilitiesOf declares what the options can answer (ClientCapabilities of MCP). */
export function capabilitiesOf(options: ConnectOptions): JsonObject {
  return {
    ...(options.onElicitation && { elicitation: { form: {}, url: {} } }),
    ...(options.onSampling && { sampling: {} }),
    ...(options.roots && { roots: { listChanged: true } }),
    extensions: { "io.modelcontextprotocol/tasks": {}, ...options.extensions },
  };
}

/** A request without a mode is a form (2025-06-18). A page that may not be opened is not shown either. */
function elicitationOf(params: Json | undefined): ElicitationRequest {
  const { mode = "form", message, requestedSchema, url, elicitationId } = object(params);
  const text = typeof message === "string" ? message : "";
  if (mode === "form") return { mode, message: text, requestedSchema: formOf(requestedSchema) };
  if (mode !== "url" || typeof url !== "string") throw new Refusal(INVALID_PARAMS, "a mode that is not supported");
  return { mode, message: text, url: opened(url), elicitationId: typeof elicitationId === "string" ? elicitationId : undefined };
}

/** A form without fields is a question of yes or no. */
function formOf(schema: Json | undefined): FormSchema {
  const { properties = {}, required } = object(schema);
  const whole = Object.values(object(properties)).every(isObject) && (required === undefined || Array.isArray(required));
  if (!whole) throw new Refusal(INVALID_PARAMS, "requestedSchema is no form");
  return { ...object(schema), properties } as unknown as FormSchema;
}

function opened(url: string): string {
  try {
    return checkUrl(url).href;
  } catch (e) {
    throw new Refusal(INVALID_PARAMS, (e as RangeError).message);
  }
}

/** Only a form that was accepted has content. */
function answerTo(request: ElicitationRequest, answer: ElicitationAnswer): object {
  const { action } = answer;
  if (!ACTIONS.includes(action)) throw new TypeError("the answer has no such action");
  return action === "accept" && request.mode === "form" ? { action, content: answer.content ?? {} } : { action };
}

function object(value: Json | undefined): JsonObject {
  if (isObject(value)) return value;
  throw new Refusal(INVALID_PARAMS, "params are not as MCP has them");
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
