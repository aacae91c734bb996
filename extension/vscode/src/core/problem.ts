/** Turns whatever was thrown into a reason that can be shown. */
import type { Position, Reason } from "./client.js";

/** What of a reason is shown. */
export type Problem = Pick<Reason, "code" | "title" | "body" | "hint"> & { where: Position };

const nowhere: Position = { file: "", line: 0, column: 0 };

export function toProblem(error: unknown): Problem {
  if (isProblem(error)) return error;
  return {
    code: "HF900",
    title: "Headfast itself failed",
    body: error instanceof Error ? error.message : String(error),
    hint: "Reload the window, and report it with the log if it stays.",
    where: nowhere,
  };
}

/** The core's own errors have all of it. */
function isProblem(value: unknown): value is Problem {
  return typeof value === "object" && value !== null && ["code", "title", "body", "hint", "where"].every((key) => key in value);
}
