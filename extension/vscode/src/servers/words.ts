/** Every sentence that the tree shows. No vscode here. */
import type { Trace } from "headfast";
import type { Auth, HeaderUse, Position, Problem } from "./core.js";
import type { Row } from "./row.js";

/** Which credential a server gets and where it comes from, such as "sends X-API-Key, 14 characters, .mcp.json:7". */
export function authLine(auth: Auth): string {
  const credentials = auth.header.filter((header) => header.credential);
  const list = (sent: boolean) => credentials.filter((header) => header.sent === sent).map(headerWords).join("; ");
  const parts = [list(true) && `sends ${list(true)}`, list(false) && `does not send ${list(false)}`];
  return parts.filter(Boolean).join("; ") || "no credential configured";
}

function headerWords(header: HeaderUse): string {
  return [header.name, valueWords(header), placeWords(header.where)].filter(Boolean).join(", ");
}

function valueWords(header: HeaderUse): string {
  if (header.unset.length > 0) return `${header.unset.join(" and ")} not set`;
  if (!header.sent) return header.note;
  const value = [header.scheme, header.fingerprint && `....${header.fingerprint}`].filter(Boolean).join(" ");
  const length = header.length > 0 ? count(header.length, "character") : "";
  return value && length ? `${value} (${length})` : value || length;
}

function placeWords({ file, line }: Position): string {
  return line > 0 ? `${file}:${line}` : "";
}

/** The words behind a server's name: its state, which an icon alone must never carry. */
export function stateWords(row: Row): string {
  switch (row.state.phase) {
    case "idle":
      return "not connected";
    case "connecting":
      return "connecting";
    case "ready":
      return `connected · ${count(row.state.tools.length, "tool")}`;
    case "failed":
      return `${row.state.problem.code} · ${row.state.problem.title}`;
  }
}

/** What a screen reader says for a server: one full sentence. */
export function spokenServer(row: Row): string {
  return `Server ${row.server.name}, ${stateWords(row)}, ${authLine(row.auth)}`;
}

/** What there is to say below a problem's title: the facts, what to do, and the place if it was not named yet. */
export function problemLines(problem: Problem): string[] {
  const said = [problem.title, problem.body, problem.hint].join(" ");
  const place = placeWords(problem.where);
  return [problem.body, problem.hint, said.includes(place) ? "" : `See ${place}`].filter(Boolean);
}

export function problemText(problem: Problem): string {
  return [`${problem.title} (${problem.code})`, ...problemLines(problem)].join("\n\n");
}

/** One line of the log: what happened on the wire and why. It has no secret, since the core gives none. */
export function traceLine(line: Trace): string {
  const sent = line.header.filter((header) => header.sent).map((header) => header.name);
  const parts = [line.phase, line.method, line.url, line.rpc, line.status > 0 && line.status, line.rule, sent.join(" "), line.note];
  return parts.filter(Boolean).join(" | ");
}

function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? "" : "s"}`;
}
