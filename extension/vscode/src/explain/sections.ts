/** What the Explain view says of an entry: the way to the decision, the request, and what other clients would do. */
import { t } from "@vscode/l10n";
import type { Explained, HeaderUse, Position } from "../core/client.js";
import type { Problem } from "../core/problem.js";
import type { Entry } from "../model/entry.js";
import { authLine, counted, placeWords, problemLines, valueWords } from "../servers/words.js";
import { deedWords, headline, kindWords, sorted } from "./meanings.js";
import type { Cell, Link, Page, Section, Step } from "./page/types.js";

/** A page, and the places that its links open. */
export interface Made {
  page: Page;
  places: readonly Position[];
}

/** Gives a link for a place, where there is one. */
type Linker = (where: Position) => Link | undefined;

/** @param explained - undefined where nothing may be looked up, since the folder is not trusted */
export function makePage(entry: Entry, explained: Explained | undefined): Made {
  const places: Position[] = [];
  const link: Linker = (where) => (where.line > 0 ? { text: placeWords(where), to: places.push(where) - 1 } : undefined);
  const sections = explained
    ? [problemsOf(entry.problems, link), decision(entry, explained, link), request(explained, link), elsewhere(explained)]
    : [problemsOf(entry.problems, link), untrusted(entry, link)];
  return { page: pageOf(t("Explain {0}", entry.server.name), sections.filter((section) => section !== undefined)), places };
}

/** What is shown of an entry that is in its file no more, or that could not be explained. */
export function makeNotice(name: string, problem: Problem): Made {
  return { page: pageOf(t("Explain {0}", name), [{ heading: problem.title, text: problemCells(problem) }]), places: [] };
}

function pageOf(title: string, sections: Section[]): Page {
  return { title, sections, status: t("The file changed, and this page with it"), open: t("Open {0}") };
}

function untrusted(entry: Entry, link: Linker): Section {
  const told = t("Variables are not looked up, and nothing is sent, until you trust this folder.");
  return { heading: t("What the file says"), text: [{ text: authLine(entry), at: link(entry.server.where) }, { text: told }] };
}

function problemsOf(problems: readonly Problem[], link: Linker): Section | undefined {
  if (problems.length === 0) return undefined;
  return { heading: counted(problems.length, t("Problem"), t("Problems")), text: problems.map((problem) => ({ ...problemCell(problem), at: link(problem.where) })) };
}

function problemCell(problem: Problem): Cell {
  return { text: [problem.title, problem.code && `(${problem.code})`].filter(Boolean).join(" "), tone: "bad", more: problemLines(problem) };
}

function problemCells(problem: Problem): Cell[] {
  return problemLines(problem).map((text) => ({ text }));
}

/** The path from the entry over the rules, in the order in which they are tried, to the outcome. */
function decision(entry: Entry, { auth, transport }: Explained, link: Linker): Section {
  const { server } = entry;
  const first: Step = { word: t("Entry:"), tone: "plain", text: t("{0}, {1}", server.name, transport), more: "", at: link(server.where) };
  const rules = auth.rules.map(
    ({ name, won, why }): Step => ({ word: won ? t("Decided:") : t("Passed over:"), tone: won ? "won" : "lost", text: `${name}:`, more: why }),
  );
  const goes = auth.origin === "" ? "" : t("Goes only to {0}: dropped on a redirect to another host.", auth.origin);
  const last: Step = { word: t("Outcome:"), tone: "plain", text: `${auth.mode}: ${auth.reason}.`.replace(/\.\.$/, "."), more: goes };
  return { heading: t("How it was decided"), text: [], steps: [first, ...rules, last] };
}

function request(explained: Explained, link: Linker): Section {
  const { method, url, transport, auth, env, helper, signIn, account } = explained;
  const process = transport === "stdio";
  const text: Cell[] = [{ text: process ? url : `${method} ${url}`, code: true }];
  if (helper) text.push({ text: t("{0} prints headers; it is run, in the folder of the file, before the first request.", helper.program), at: link(helper.where) });
  if (signIn) text.push({ text: t("Sign-in: {0}", [signIn.grant, signIn.scopes.join(" ")].filter(Boolean).join(", ")) });
  if (account) text.push({ text: t("Signed in at {0}, token {1}", account.issuer, account.fingerprint && `....${account.fingerprint}`) });
  const given = process ? env : auth.header;
  if (given.length === 0) text.push({ text: process ? t("No variable is given to it.") : t("No header is configured.") });
  text.push({ text: process ? t("To show this, nothing was started.") : t("To show this, nothing was sent.") });
  const heading = process ? t("What would be started") : t("The first request");
  if (given.length === 0) return { heading, text };
  const name = process ? t("Variable") : t("Header");
  const caption = process ? t("Variables, without their values") : t("Headers, without their values");
  return { heading, text, table: { caption, columns: [name, t("Value"), t("From")], rows: given.map((one) => headerRow(one, link)) } };
}

function headerRow(header: HeaderUse, link: Linker): Cell[] {
  const at = link(header.where);
  const set = header.variables.filter((name) => !header.defaults.includes(name));
  const from = [
    ...set.map((name) => (header.unset.includes(name) ? t("{0} is not set", name) : name)),
    ...header.defaults.map((name) => t("the default of {0}", name)),
  ].join(", ");
  const value = valueWords(header) || (header.credential ? "" : t("as the file has it"));
  const said: Cell = header.sent ? { text: value } : { text: [t("not sent"), value].filter(Boolean).join(": "), tone: "bad" };
  const noted = header.sent && header.note !== "" ? { more: [header.note] } : {};
  const more = header.credential ? { more: [t("credential")] } : {};
  return [{ text: header.name, code: true, ...more }, { ...said, ...noted }, { text: from, at }];
}

function elsewhere(explained: Explained): Section {
  const rows = sorted(explained).map(({ kind, meaning }): Cell[] => [
    { text: meaning.client },
    { text: kindWords(kind) },
    { text: deedWords(meaning), more: meaning.notes },
  ]);
  const columns = [t("Client"), t("Would use it"), t("What it would do")];
  return { heading: t("What other clients would do with this entry"), text: [{ text: `${headline(explained)}.` }], table: { caption: t("As far as public sources say"), columns, rows } };
}
