/** What is marked in a file: the core's findings, and what became of the last attempts to connect. No vscode here. */
import type { Problem } from "../core/problem.js";
import { problemLines } from "../servers/words.js";
import type { LiveFile } from "./live.js";
import { offsetOf, type Place, type Stretch, stretchOf, tokenEnd, VALUE } from "./text.js";

export interface Mark {
  at: Stretch;
  severity: "error" | "warning" | "info";
  message: string;
  code: string;
  /** The entry that it is about, where it stands; undefined for what is the whole file's. */
  server: { name: string; where: Place } | undefined;
}

/** All marks of a file. A refusal goes as soon as the text is another one. */
export function marks(live: LiveFile): Mark[] {
  const found = live.findings.map(({ at, problem }) => mark(at, severityOf(problem.severity), problem, live.servers.find(({ name }) => name === problem.server)));
  return live.saved ? [...found, ...refusals(live)] : found;
}

function refusals({ file, text }: LiveFile): Mark[] {
  return file.entries.flatMap(({ state, server }) => {
    if (state.phase !== "failed") return [];
    const { where } = state.problem;
    return [mark(tokenAt(text, where.file === file.read.path && where.line > 0 ? where : server.where), "error", state.problem, server)];
  });
}

function tokenAt(text: string, where: Stretch["from"]): Stretch {
  const start = offsetOf(text, where);
  return stretchOf(text, start, tokenEnd(text, start, VALUE));
}

function mark(at: Stretch, severity: Mark["severity"], problem: Problem, server: Mark["server"]): Mark {
  // Its place is where it is shown.
  const where = { ...problem.where, line: 0 };
  return { at, severity, code: problem.code, server, message: [problem.title, ...problemLines({ ...problem, where })].join("\n") };
}

function severityOf(severity: string): Mark["severity"] {
  return severity === "error" || severity === "warning" ? severity : "info";
}
