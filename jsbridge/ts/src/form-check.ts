import type { FormContent, FormSchema, FormValue } from "./elicitation.js";
import { fields, fits } from "./form.js";
import type { Field } from "./form.js";

/**
 * validate tells, for each field that is not as the schema wants it, what is wrong, in words for the person who
 * fills in the form. A field that was not asked for is wrong too. An empty map is a form that can be sent.
 */
export function validate(schema: FormSchema, content: FormContent): Map<string, string> {
  const wrong = new Map<string, string>();
  const asked = new Set<string>();
  for (const field of fields(schema)) {
    asked.add(field.name);
    const message = problem(field, Object.hasOwn(content, field.name) ? content[field.name] : undefined);
    if (message !== "") wrong.set(field.name, message);
  }
  for (const name of Object.keys(content)) if (!asked.has(name)) wrong.set(name, "Not asked for");
  return wrong;
}

const EXPECTED: Readonly<Record<Field["kind"], string>> = {
  text: "Must be text",
  number: "Must be a number",
  integer: "Must be a whole number",
  boolean: "Must be yes or no",
  choice: "Must be one of the choices",
  choices: "Must be a list of choices",
  other: "Must have a value",
};

function problem(field: Field, value: FormValue | undefined): string {
  if (value === undefined) return field.required ? "Required" : "";
  if (!fits(field.kind, value)) return EXPECTED[field.kind];
  if (typeof value === "number") return between(value, field, "");
  if (Array.isArray(value)) {
    return value.every((one) => offered(field, one)) ? between(value.length, field, "choice") : EXPECTED.choice;
  }
  if (typeof value === "boolean" || field.kind === "other") return "";
  if (field.kind === "choice") return offered(field, value) ? "" : EXPECTED.choice;
  return between([...value].length, field, "character") || formed(field.format, value);
}

function offered(field: Field, value: string): boolean {
  return field.kind === "other" || field.options.some((option) => option.value === value);
}

function between(n: number, { least, most }: Field, unit: string): string {
  if (least !== undefined && n < least) return `At least ${count(least, unit)}`;
  if (most !== undefined && n > most) return `At most ${count(most, unit)}`;
  return "";
}

function count(n: number, unit: string): string {
  return unit === "" ? String(n) : `${n} ${unit}${n === 1 ? "" : "s"}`;
}

/** The formats that MCP has; another one is the server's to check. */
function formed(format: string, value: string): string {
  switch (format) {
    case "email": return /^[^\s@]+@[^\s@]+$/.test(value) ? "" : "Must be an e-mail address";
    case "uri": return isUri(value) ? "" : "Must be a URI with its scheme";
    case "date": return isDate(value) ? "" : "Must be a date such as 2026-07-28";
    case "date-time": return isDateTime(value) ? "" : "Must be a time such as 2026-07-28T12:00:00Z";
    default: return "";
  }
}

function isUri(value: string): boolean {
  try {
    return new URL(value).href !== "" && !/\s/.test(value);
  } catch {
    return false;
  }
}

/** RFC 3339 full-date. Date rolls 30 February over into March. */
function isDate(value: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const date = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(value);
}

/** RFC 3339 date-time. */
function isDateTime(value: string): boolean {
  const match = /^(\d{4}-\d{2}-\d{2})[Tt]\d{2}:\d{2}:\d{2}(\.\d+)?([Zz]|[+-]\d{2}:\d{2})$/.exec(value);
  return match !== null && isDate(match[1] as string) && !Number.isNaN(Date.parse(value.toUpperCase()));
}
