/** Every sentence that the tree shows. */
import { t } from "@vscode/l10n";
import type { HeaderUse, Position } from "../core/client.js";
import type { Problem } from "../core/problem.js";
import type { Entry } from "../model/entry.js";
import type { ConfigurationFile } from "../model/file.js";

/**
 * Which credential a server gets and where it comes from, such as "sends X-API-Key, 14 characters, .mcp.json:7" or "sends
 * Authorization from ${ACME_KEY}, Bearer ....7f3c (40 characters), .mcp.json:6".
 */
export function authLine({ auth, expanded }: Pick<Entry, "auth" | "expanded">): string {
  const credentials = auth.header.filter((header) => header.credential);
  if (!expanded && credentials.length > 0) return t("would send {0}", credentials.map(headerWords).join("; "));
  const list = (sent: boolean) => credentials.filter((header) => header.sent === sent).map(headerWords).join("; ");
  const parts = [list(true) && t("sends {0}", list(true)), list(false) && t("does not send {0}", list(false))];
  return parts.filter(Boolean).join("; ") || t("no credential configured");
}

/** One header: its name, where its value comes from, and a fingerprint of it. */
export function headerWords(header: HeaderUse): string {
  const from = header.variables.map((name) => `\${${name}}`).join(", ");
  const name = from === "" ? header.name : t("{0} from {1}", header.name, from);
  return [name, valueWords(header), placeWords(header.where)].filter(Boolean).join(", ");
}

export function valueWords(header: HeaderUse): string {
  if (header.unset.length > 0) return t("{0} not set", header.unset.join(", "));
  if (!header.sent) return header.note;
  const value = [header.scheme, header.fingerprint && `....${header.fingerprint}`].filter(Boolean).join(" ");
  const length = header.length > 0 ? counted(header.length, t("character"), t("characters")) : "";
  return value && length ? `${value} (${length})` : value || length;
}

export function placeWords({ file, line }: Position): string {
  return line > 0 ? `${file}:${line}` : "";
}

/** Whose a file is. */
export function scopeWords(scope: string): string {
  if (scope === "project") return t("this folder");
  return scope === "managed" ? t("this machine") : t("you");
}

/** The words behind a server's name: its state, which an icon alone must never carry. */
export function stateWords(entry: Entry): string {
  const { state, server } = entry;
  if (!entry.reachable) return t("stdio · cannot be started here");
  switch (state.phase) {
    case "idle":
      return server.disabled ? t("not connected · switched off for its client") : t("not connected");
    case "connecting":
      return t("connecting");
    case "ready":
      return state.lost ? t("connecting again") : `${t("connected")} · ${counted(state.offers.tools.length, t("tool"), t("tools"))}`;
    case "failed":
      return [state.problem.code, state.problem.title].filter(Boolean).join(" · ");
  }
}

/** What a screen reader says for a server: one full sentence. */
export function spokenServer(entry: Entry): string {
  return t("Server {0}, {1}, {2}", entry.server.name, stateWords(entry), authLine(entry));
}

export function spokenFile({ read, entries }: ConfigurationFile): string {
  const servers = counted(entries.length, t("server"), t("servers"));
  return t("Configuration of {0} for {1}, file {2}, {3}", read.place.client, scopeWords(read.scope), read.path, servers);
}

/** How many things are wrong: in files, in entries, and with the last attempts. */
export function problemCount(files: readonly ConfigurationFile[]): number {
  const wrong = ({ problems, state }: Entry) => problems.length + (state.phase === "failed" ? 1 : 0);
  return files.reduce((sum, file) => sum + file.problems.length + file.entries.reduce((n, entry) => n + wrong(entry), 0), 0);
}

/** What there is to say below a problem's title: the facts, what to do, and the place if it was not named yet. */
export function problemLines(problem: Problem): string[] {
  const said = [problem.title, problem.body, problem.hint].join(" ");
  const place = placeWords(problem.where);
  return [problem.body, problem.hint, said.includes(place) ? "" : t("See {0}", place)].filter(Boolean);
}

export function problemText(problem: Problem): string {
  const title = problem.code === "" ? problem.title : `${problem.title} (${problem.code})`;
  return [title, ...problemLines(problem)].join("\n\n");
}

/** "1 tool", "2 tools". */
export function counted(n: number, one: string, many: string): string {
  return `${n} ${n === 1 ? one : many}`;
}
