/** What the other clients would make of an entry, in words, the best first: as the command line sorts them. */
import { t } from "@vscode/l10n";
import type { Explained, HeaderUse, Meaning } from "../core/client.js";
import { counted, valueWords } from "../servers/words.js";

/** Same: it sends what is configured, or starts what is. Other: it takes it for something else, as a URL for a process. */
export const kinds = ["same", "changed", "without", "other", "refused"] as const;
export type Kind = (typeof kinds)[number];

export function kindOf(explained: Explained, { refused, transports, headers }: Meaning): Kind {
  if (refused !== "") return "refused";
  const [first] = transports;
  if (first === undefined || (first === "stdio") !== (explained.transport === "stdio")) return "other";
  let kind: Kind = "same";
  for (const want of explained.auth.header.filter(ofFile)) {
    const sent = headers.find(({ name }) => name.toLowerCase() === want.name.toLowerCase());
    if (!sent) kind = "without";
    else if (sent.note !== "" && kind === "same") kind = "changed";
  }
  return kind;
}

/** The best first; those that are as good keep the core's order. */
export function sorted(explained: Explained): { kind: Kind; meaning: Meaning }[] {
  const all = explained.meanings.map((meaning) => ({ kind: kindOf(explained, meaning), meaning }));
  return all.sort((a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind));
}

/** "7 of 20 clients would send it as configured, 3 without a header". */
export function headline(explained: Explained): string {
  const all = explained.meanings.map((meaning) => kindOf(explained, meaning));
  const number = (kind: Kind) => all.filter((one) => one === kind).length;
  const clients = counted(all.length, t("client"), t("clients"));
  const process = explained.transport === "stdio";
  const same = process ? t("{0} of {1} would start it as configured", number("same"), clients) : t("{0} of {1} would send it as configured", number("same"), clients);
  const rest: [Kind, string][] = [
    ["changed", t("with something else in a header")], ["without", t("without a header")],
    ["other", t("would take it for something else")], ["refused", t("would not use it")],
  ];
  return [same, ...rest.flatMap(([kind, words]) => (number(kind) > 0 ? [`${number(kind)} ${words}`] : []))].join(", ");
}

export function kindWords(kind: Kind): string {
  return {
    same: t("as configured"), changed: t("something else in a header"), without: t("without a header"),
    other: t("as something else"), refused: t("not used"),
  }[kind];
}

/** What it would do: the transports, then the headers. */
export function deedWords({ refused, transports, headers }: Meaning): string {
  if (refused !== "") return refused;
  const none = headers.length === 0 && transports[0] !== undefined && transports[0] !== "stdio";
  const parts = none ? [t("no header")] : headers.map((header) => [header.name, header.note || valueWords(header)].filter(Boolean).join(": "));
  return [transports.join(t(", then ")), ...parts].filter(Boolean).join("; ");
}

/** A token is no header of the file's. */
function ofFile({ where }: HeaderUse): boolean {
  return where.file !== "" || where.line !== 0;
}
