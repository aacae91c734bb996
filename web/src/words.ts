/** The sentences of the page. No document here. */
import type { Explained, HeaderUse, Position, Problem } from "./core.js";

/** Such as "Bearer ....7f3c (40 characters)" or "14 characters"; never the value. */
export function valueWords(header: HeaderUse): string {
  if (header.unset.length > 0) return `${header.unset.join(" and ")} not set`;
  if (!header.sent) return ["not sent", header.note].filter(Boolean).join(": ");
  const value = [header.scheme, header.fingerprint && `....${header.fingerprint}`].filter(Boolean).join(" ");
  const length = header.length > 0 ? count(header.length, "character") : "";
  return value && length ? `${value} (${length})` : value || length || "empty";
}

/** Such as "ACME_KEY, .mcp.json:6". */
export function sourceWords(header: HeaderUse): string {
  return [...header.variables.map((name) => (header.defaults.includes(name) ? `default of ${name}` : name)), placeWords(header.where)].join(", ");
}

/** What there is to say below a problem's title: the facts, what to do, and the place if it was not named yet. */
export function problemLines(problem: Problem): string[] {
  const said = [problem.title, problem.body, problem.hint].join(" ");
  const place = placeWords(problem.where);
  return [problem.body, problem.hint, said.includes(place) ? "" : `See ${place}`].filter(Boolean);
}

function placeWords({ file, line }: Position): string {
  return line > 0 ? `${file}:${line}` : "";
}

export function connectWords(explained: Explained): string {
  return `Connect to ${host(explained.url)}`;
}

/** What pressing the button would do. */
export function connectNote(explained: Explained): string {
  if (explained.transport === "stdio") return "A page cannot start a local program.";
  const blocking = explained.problems.find((problem) => problem.severity === "error");
  if (blocking) return `Would send nothing: ${blocking.title}`;
  const sent = explained.auth.header.filter((header) => header.sent).length;
  return sent === 0 ? "Sends no configured header" : `Sends ${count(sent, "header")} to 1 site`;
}

export function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? "" : "s"}`;
}

function host(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}
