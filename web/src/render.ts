/** Puts a view on the page. */
import type { Explained, HeaderUse, Problem, Server } from "./core.js";
import { byId, el } from "./dom.js";
import type { Connection, View } from "./view.js";
import { connectNote, connectWords, count, problemLines, sourceWords, valueWords } from "./words.js";

/** Draws what differs from the view before: a live region that is drawn again is read out again. */
export function render(view: View, before: View): void {
  const differs = (part: keyof View) => view[part] !== before[part];
  if (differs("problems")) byId("config-problems", HTMLElement).replaceChildren(...view.problems.map(problemBlock));
  if (differs("servers") || differs("explained")) renderChoice(view.servers, view.explained);
  if (differs("explained")) renderExplained(view.explained);
  if (differs("explained") || differs("connection")) renderButton(view.explained, view.connection);
  if (differs("connection")) renderConnection(view.connection);
}

function renderChoice(servers: Server[], explained: Explained | undefined): void {
  byId("server-choice", HTMLElement).hidden = servers.length < 2;
  const options = servers.map(({ name }) => el("option", { value: name }, name));
  const select = byId("server", HTMLSelectElement);
  select.replaceChildren(...options);
  select.value = explained?.server ?? "";
}

function renderExplained(explained: Explained | undefined): void {
  const empty = el("p", { class: "muted" }, "Paste a configuration to see it. Nothing is sent.");
  byId("explained", HTMLElement).replaceChildren(...(explained ? explanation(explained) : [empty]));
}

function explanation(explained: Explained): HTMLElement[] {
  const { auth } = explained;
  return [
    ...(explained.url ? [el("p", { class: "code" }, el("span", { class: "strong" }, explained.method), ` ${explained.url}`)] : []),
    auth.header.length > 0 ? headerTable(auth.header) : el("p", {}, "No headers are configured."),
    el("dl", { class: "facts" }, ...fact("Why", auth.reason), ...fact("Goes only to", auth.origin)),
    ...explained.problems.map(problemBlock),
  ];
}

function fact(name: string, value: string): HTMLElement[] {
  return value ? [el("dt", {}, name), el("dd", {}, value)] : [];
}

function headerTable(headers: HeaderUse[]): HTMLElement {
  const head = el("tr", {}, ...["Header", "Value", "From"].map((name) => el("th", { scope: "col" }, name)));
  return el("table", {}, el("thead", {}, head), el("tbody", {}, ...headers.map(headerRow)));
}

function headerRow(header: HeaderUse): HTMLElement {
  return el(
    "tr",
    {},
    el("th", { scope: "row", class: "code" }, header.name),
    el("td", header.unset.length > 0 ? { class: "warn" } : {}, valueWords(header)),
    el("td", { class: "code" }, sourceWords(header)),
  );
}

function renderButton(explained: Explained | undefined, connection: Connection): void {
  const button = byId("connect", HTMLButtonElement);
  const can = explained !== undefined && explained.transport !== "stdio";
  const busy = connection.phase === "connecting";
  button.disabled = !can;
  button.setAttribute("aria-busy", String(busy));
  button.textContent = busy ? "Connecting" : can ? connectWords(explained) : "Connect";
  byId("connect-note", HTMLElement).textContent = explained ? connectNote(explained) : "";
}

function renderConnection(connection: Connection): void {
  const failure = connection.phase === "failed" ? [problemBlock(connection.problem)] : [];
  byId("failure", HTMLElement).replaceChildren(...failure);
  byId("tools", HTMLElement).replaceChildren(...toolList(connection));
}

function toolList(connection: Connection): HTMLElement[] {
  if (connection.phase !== "ready") return [el("p", { class: "muted" }, "Tools appear here after Connect.")];
  const items = connection.tools.map((tool) =>
    el("li", { class: "tool" }, el("span", { class: "code strong" }, tool.name), el("span", { class: "muted" }, tool.description ?? "")),
  );
  return [
    el("p", { class: "ok" }, `Connected to ${connection.server}: ${count(items.length, "tool")}`),
    el("ul", { "aria-label": "Tools" }, ...items),
  ];
}

function problemBlock(problem: Problem): HTMLElement {
  const head = el("div", { class: "problem-head" }, el("h3", {}, problem.title), el("span", { class: "code" }, problem.code));
  const lines = problemLines(problem).map((text) => el("p", {}, text));
  return el("div", { class: `problem ${problem.severity}` }, head, ...lines);
}
