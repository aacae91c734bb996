import type { FieldSchema, FormContent, FormSchema, FormValue } from "./elicitation.js";
import type { Json } from "./mcp.js";

/** How a field is filled in: "other" is a schema that MCP does not have, for which nothing is checked. */
export type FieldKind = "text" | "number" | "integer" | "boolean" | "choice" | "choices" | "other";

/** One choice: `value` is sent, `title` is shown. */
export interface FieldOption {
  value: string;
  title: string;
}

/** Field is one field of a form, ready to be shown. The texts are the server's: show them as text. */
export interface Field {
  name: string;
  /** The schema's title, else the name. */
  title: string;
  /** Empty where there is none. */
  description: string;
  kind: FieldKind;
  required: boolean;
  /** What a form starts with; undefined where the schema has no default, or none that fits. */
  initial: FormValue | undefined;
  /** The choices, of a "choice" and of "choices"; else empty. */
  options: FieldOption[];
  /** Of a "text": "email", "uri", "date" or "date-time"; else empty. */
  format: string;
  /** Bounds that the schema has: characters of a text, the value of a number, how many choices. */
  least: number | undefined;
  most: number | undefined;
}

/**
 * fields reads the schema of a form: the fields in its order (save that JavaScript puts names that are whole
 * numbers first). It takes the enums of every revision: `enum`, with `enumNames` (2025-06-18), `oneOf` with
 * `const` and `title`, and arrays of them with `enum` or `anyOf`.
 */
export function fields(schema: FormSchema): Field[] {
  const required = new Set(schema.required ?? []);
  return Object.entries(schema.properties).map(([name, property]) => field(name, property, required.has(name)));
}

/** withDefaults adds to `content` the defaults of the fields that it does not have. Nothing is changed in place. */
export function withDefaults(schema: FormSchema, content: FormContent = {}): FormContent {
  const missing = fields(schema).filter((f) => f.initial !== undefined && !Object.hasOwn(content, f.name));
  // fromEntries defines a property even for "__proto__"
  return Object.fromEntries([...Object.entries(content), ...missing.map((f) => [f.name, f.initial as FormValue])]);
}

function field(name: string, schema: FieldSchema, required: boolean): Field {
  const options = optionsOf(schema);
  const kind = kindOf(schema, options);
  const [least, most] = bounds(schema, kind);
  const initial = schema["default"];
  return {
    name, kind, required, options, least, most,
    title: string(schema["title"]) || name,
    description: string(schema["description"]),
    initial: fits(kind, initial) ? initial : undefined,
    format: kind === "text" ? string(schema["format"]) : "",
  };
}

function kindOf(schema: FieldSchema, options: FieldOption[]): FieldKind {
  switch (schema["type"]) {
    case "string": return options.length > 0 ? "choice" : "text";
    case "array": return options.length > 0 ? "choices" : "other";
    case "number": return "number";
    case "integer": return "integer";
    case "boolean": return "boolean";
    default: return options.length > 0 ? "choice" : "other";
  }
}

function bounds(schema: FieldSchema, kind: FieldKind): [number | undefined, number | undefined] {
  switch (kind) {
    case "text": return [number(schema["minLength"]), number(schema["maxLength"])];
    case "number": case "integer": return [number(schema["minimum"]), number(schema["maximum"])];
    case "choices": return [number(schema["minItems"]), number(schema["maxItems"])];
    default: return [undefined, undefined];
  }
}

function optionsOf(schema: FieldSchema): FieldOption[] {
  const of = schema["type"] === "array" ? object(schema["items"]) : schema;
  const titled = list(of["oneOf"] ?? of["anyOf"]).map(object);
  if (titled.length > 0) {
    return titled.flatMap(({ const: value, title }) =>
      typeof value === "string" ? [{ value, title: string(title) || value }] : []);
  }
  const names = list(of["enumNames"]);
  return list(of["enum"]).flatMap((value, i) =>
    typeof value === "string" ? [{ value, title: string(names[i]) || value }] : []);
}

/** fits says whether a value is of a field's kind. */
export function fits(kind: FieldKind, value: unknown): value is FormValue {
  switch (kind) {
    case "text": case "choice": return typeof value === "string";
    case "number": return typeof value === "number" && Number.isFinite(value);
    case "integer": return Number.isInteger(value);
    case "boolean": return typeof value === "boolean";
    case "choices": return Array.isArray(value) && value.every((one) => typeof one === "string");
    case "other": return value !== undefined && value !== null;
  }
}

function string(value: Json | undefined): string {
  return typeof value === "string" ? value : "";
}

function number(value: Json | undefined): number | undefined {
  return typeof value === "number" ? value : undefined;
}

function list(value: Json | undefined): Json[] {
  return Array.isArray(value) ? value : [];
}

function object(value: Json | undefined): { [key: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};
}
