/** The page of the Explain view: builds elements out of what the host tells, and all that was told is text. */
import type { Cell, Link, Page, Said, Section, Step, Table, Tone } from "./types.js";

declare function acquireVsCodeApi(): { postMessage(said: Said): void };

const host = acquireVsCodeApi();
const main = document.querySelector("main")!;
const status = document.querySelector("[role=status]")!;
let shown = "";
let open = "";

window.addEventListener("message", ({ data }: MessageEvent<Page>) => show(data));
host.postMessage({ ready: true });

/** A page that is the same is left alone: whoever reads it keeps the place, and the focus. */
function show(page: Page): void {
  const text = JSON.stringify(page);
  if (text === shown) return;
  const first = shown === "";
  shown = text;
  open = page.open;
  const focus = [...main.querySelectorAll("button")].indexOf(document.activeElement as HTMLButtonElement);
  document.title = page.title;
  main.replaceChildren(element("h1", page.title), ...page.sections.map(section));
  if (focus >= 0) main.querySelectorAll("button")[focus]?.focus();
  if (!first) status.textContent = page.status;
}

function section({ heading, text, steps, table }: Section, index: number): HTMLElement {
  const title = element("h2", heading);
  title.id = `section${index}`;
  const made = element("section", "", title, ...text.map((cell) => fill(element("p", ""), cell)));
  made.setAttribute("aria-labelledby", title.id);
  if (steps) made.append(element("ol", "", ...steps.map(stepOf)));
  if (table) made.append(tableOf(table));
  return made;
}

function stepOf({ word, tone, text, more, at }: Step): HTMLElement {
  const made = element("li", "", element("strong", word), document.createTextNode(` ${text} `));
  if (more) made.append(small(more));
  if (at) made.append(button(at));
  return toned(made, tone);
}

function tableOf({ caption, columns, rows }: Table): HTMLElement {
  const heads = columns.map((column) => scoped(element("th", column), "col"));
  const lines = rows.map((cells) => element("tr", "", ...cells.map((cell, i) => fill(i === 0 ? scoped(element("th", ""), "row") : element("td", ""), cell))));
  return element("table", "", element("caption", caption), element("thead", "", element("tr", "", ...heads)), element("tbody", "", ...lines));
}

function scoped(cell: HTMLElement, scope: string): HTMLElement {
  cell.setAttribute("scope", scope);
  return cell;
}

function fill(into: HTMLElement, { text, tone, code, more, at }: Cell): HTMLElement {
  if (text) into.append(element(code ? "code" : "span", text));
  for (const line of more ?? []) into.append(element("div", "", small(line)));
  if (at) into.append(" ", button(at));
  return toned(into, tone ?? "plain");
}

function button({ text, to }: Link): HTMLElement {
  const made = element("button", text);
  made.setAttribute("type", "button");
  made.setAttribute("aria-label", open.replace("{0}", text));
  made.addEventListener("click", () => host.postMessage({ open: to }));
  return made;
}

function small(text: string): HTMLElement {
  return element("small", text);
}

function toned(made: HTMLElement, tone: Tone): HTMLElement {
  made.classList.add(tone);
  return made;
}

function element(name: string, text: string, ...children: (Node | string)[]): HTMLElement {
  const made = document.createElement(name);
  if (text) made.textContent = text;
  made.append(...children);
  return made;
}
