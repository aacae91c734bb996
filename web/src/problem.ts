/** Turns whatever was thrown into a problem that can be shown. */
import type { Problem } from "./core.js";

export function toProblem(error: unknown): Problem {
  if (isProblem(error)) return error;
  const body = error instanceof Error ? error.message : String(error);
  return { code: "HF900", severity: "error", title: "Headfast itself failed", body, hint: "Reload the page.", where: { file: "", line: 0 } };
}

/** The core's own errors have all of it. */
function isProblem(value: unknown): value is Problem {
  const parts = ["code", "severity", "title", "body", "hint", "where"];
  return typeof value === "object" && value !== null && parts.every((part) => part in value);
}
