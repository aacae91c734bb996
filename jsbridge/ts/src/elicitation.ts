/** What a server asks of the person (MCP 2026-07-28, client/elicitation), and what can be answered. */
import type { Json, JsonObject } from "./mcp.js";

/** FormSchema is a JSON Schema restricted to a flat object of {@link FieldSchema}. */
export interface FormSchema {
  type: "object";
  properties: { [name: string]: FieldSchema };
  required?: string[];
  [more: string]: Json | undefined;
}

/** FieldSchema is a field's schema as the server sent it; `fields` reads it. */
export type FieldSchema = JsonObject;

/** A value that a form can hold. */
export type FormValue = string | number | boolean | string[];

/** What a form holds, by the fields' names. */
export type FormContent = { [name: string]: FormValue };

interface Asked {
  /** Why the server asks. It is the server's text: show it as text. */
  message: string;
}

/** The server wants fields filled in. The person must be able to see, change and decline what is sent. */
export interface FormRequest extends Asked {
  mode: "form";
  requestedSchema: FormSchema;
}

/**
 * The server wants the person to visit a page. It has passed {@link checkUrl}. Show all of it and ask before it is
 * opened, in a browser that is not ours to look into; never fetch it.
 */
export interface UrlRequest extends Asked {
  mode: "url";
  url: string;
  /** What notifications/elicitation/complete will name (2025-11-25). */
  elicitationId?: string | undefined;
}

/** What the person is asked for. */
export type ElicitationRequest = FormRequest | UrlRequest;

/** "decline" is a decision, "cancel" is none. Only a form has content; "accept" of a page is consent to open it. */
export type ElicitationAnswer =
  | { action: "accept"; content?: FormContent }
  | { action: "decline" }
  | { action: "cancel" };
