/** What is said of an entry's name, URL, headers and variables under the mouse: the core's decision, never a value. No vscode here. */
import type { Explained, HeaderUse, Server } from "../core/client.js";
import { t } from "@vscode/l10n";
import { headerWords, authLine, stateWords } from "../servers/words.js";
import type { LiveFile } from "./live.js";
import { KEY, offsetOf, type Place, type Stretch, stretchOf, tokenEnd, touches, VALUE } from "./text.js";

export interface Said {
  at: Stretch;
  /** One paragraph each. */
  lines: string[];
}

/** The entry that a place may be in: the last one that begins before it. */
export function entryAt({ text, servers }: LiveFile, place: Place): Server | undefined {
  const offset = offsetOf(text, place);
  const starts = servers.map((server) => ({ server, start: offsetOf(text, server.where) }));
  return starts.filter(({ start }) => start <= offset).sort((a, b) => b.start - a.start)[0]?.server;
}

/** What there is to say of the token at a place, given the entry's explanation; undefined where it is none of these. */
export function hoverAt(live: LiveFile, server: Server, explained: Explained, place: Place): Said | undefined {
  const { auth, env } = explained;
  const candidates: Said[] = [
    { at: nameStretch(live.text, server), lines: ofEntry(live, server, explained) },
    ...urlStretch(live, server).map((at) => ({ at, lines: ofUrl(explained) })),
    ...auth.header.map((use) => ({ at: memberStretch(live.text, use), lines: ofHeader(use, explained) })),
    ...env.map((use) => ({ at: memberStretch(live.text, use), lines: ofVariable(use) })),
  ];
  return candidates.find(({ at }) => touches(at, place));
}

function nameStretch(text: string, { where }: Server): Stretch {
  const start = offsetOf(text, where);
  return stretchOf(text, start, tokenEnd(text, start, KEY));
}

/** From the key, where it is on the same line, to the end of the value. */
function memberStretch(text: string, { name, where }: HeaderUse): Stretch {
  const value = offsetOf(text, where);
  const line = text.slice(text.lastIndexOf("\n", value - 1) + 1, value);
  const key = line.lastIndexOf(name);
  const quote = key > 0 && /["']/.test(line[key - 1] ?? "") ? 1 : 0;
  return stretchOf(text, key < 0 ? value : value - line.length + key - quote, tokenEnd(text, value, VALUE));
}

/** The URL, as far as the core tells it, in the text between this entry and the next. */
function urlStretch({ text, servers }: LiveFile, { url, where }: Server): Stretch[] {
  const known = url.split(/\[redacted\]/)[0] ?? "";
  const from = offsetOf(text, where);
  const next = servers.map((server) => offsetOf(text, server.where)).filter((start) => start > from);
  const start = known === "" ? -1 : text.indexOf(known, from);
  if (start < 0 || start >= Math.min(text.length, ...next)) return [];
  return [stretchOf(text, start, start + (/^[^\s"']+/.exec(text.slice(start))?.[0].length ?? 0))];
}

function ofEntry({ file, saved }: LiveFile, server: Server, { auth, method, url, problems }: Explained): string[] {
  const entry = saved ? file.entries.find((one) => one.server === server) : undefined;
  const outcome = entry && entry.state.phase !== "idle" ? stateWords(entry) : "";
  const request = [method, url].filter(Boolean).join(" ");
  return [request, authLine({ auth, expanded: true }), sentence(auth.reason), outcome, ...problems.map(({ title }) => title)].filter(Boolean);
}

function ofUrl({ auth, method, url }: Explained): string[] {
  const only = auth.origin && t("What is configured goes to {0}, and nowhere else.", auth.origin);
  return [`${method} ${url}`, only, sentence(auth.reason)].filter(Boolean);
}

function ofHeader(use: HeaderUse, { auth }: Explained): string[] {
  const sent = use.sent ? t("sends {0}", headerWords(use)) : t("does not send {0}", headerWords(use));
  const only = use.sent && auth.origin ? t("It goes to {0}, and nowhere else.", auth.origin) : "";
  const kind = use.credential ? t("It is a credential.") : t("It is no credential.");
  return [sent, only, `${kind} ${sentence(auth.reason)}`, ...defaults(use), use.sent ? use.note : ""].filter(Boolean);
}

function ofVariable(use: HeaderUse): string[] {
  return [t("gives the process {0}", headerWords(use)), ...defaults(use)];
}

function defaults({ defaults: names }: HeaderUse): string[] {
  return names.map((name) => t("{0} is not set: the file's default is taken.", name));
}

function sentence(text: string): string {
  return text === "" || text.endsWith(".") ? text : `${text}.`;
}
