/** Turns whatever was thrown into a problem that can be shown. No vscode here. */
import type { Problem } from "./core.js";

export function toProblem(error: unknown): Problem {
  if (isProblem(error)) return error;
  return {
    code: "HF900",
    title: "Headfast itself failed",
    body: error instanceof Error ? error.message : String(error),
    hint: "Reload the window, and report it with the log if it stays.",
    where: { file: "", line: 0 },
  };
}

/** The core's own errors have all of it. */
function isProblem(value: unknown): value is Problem {
  return typeof value === "object" && value !== null && ["code", "title", "body", "hint", "where"].every((key) => key in value);
}
