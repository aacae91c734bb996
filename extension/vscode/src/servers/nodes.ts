/** The tree as plain values: what each row of the view says. */
import { t } from "@vscode/l10n";
import type { Position, Prompt, Resource, Tool } from "../core/client.js";
import type { Problem } from "../core/problem.js";
import type { Entry } from "../model/entry.js";
import type { ConfigurationFile } from "../model/file.js";
import { authLine, placeWords, problemLines, problemText, scopeWords, spokenFile, spokenServer, stateWords } from "./words.js";

export interface Node {
  /** The same row has the same id after a refresh, so that it keeps its selection and expansion. */
  id: string;
  label: string;
  description?: string;
  tooltip?: string;
  icon: string;
  color?: string;
  spoken?: string;
  /** What menus know it by, such as "server.http.idle", "tool" or "problem.place". */
  context?: string;
  open?: boolean;
  /** What it is about. Each is there only where there is one. */
  entry?: Entry;
  file?: ConfigurationFile;
  tool?: Tool;
  prompt?: Prompt;
  resource?: Resource;
  where?: Position;
  children: Node[];
}

/** The clients' files; those that one client has for the same scope are below one row. */
export function tree(files: readonly ConfigurationFile[]): Node[] {
  const groups = new Map<string, ConfigurationFile[]>();
  for (const file of files) {
    const key = `${file.read.place.client}\n${file.read.scope}`;
    groups.set(key, [...(groups.get(key) ?? []), file]);
  }
  return [...groups].map(([key, these]) => groupNode(key, these));
}

function groupNode(id: string, files: ConfigurationFile[]): Node {
  const [first] = files as [ConfigurationFile];
  if (files.length === 1) return fileNode(first, first.read.place.client, `${scopeWords(first.read.scope)} · ${first.read.path}`);
  const { client } = first.read.place;
  const scope = scopeWords(first.read.scope);
  return {
    id,
    label: client,
    description: scope,
    spoken: t("{0}, {1}, {2} files", client, scope, files.length),
    icon: "folder",
    open: true,
    children: files.map((file) => fileNode(file, file.read.path, "")),
  };
}

function fileNode(file: ConfigurationFile, label: string, description: string): Node {
  const { also, path } = file.read;
  const shared = also.length > 0 ? t("Read by {0} too", also.join(", ")) : "";
  return {
    id: file.uri,
    label,
    description,
    tooltip: [path, shared].filter(Boolean).join("\n\n"),
    icon: "json",
    context: "file",
    spoken: spokenFile(file),
    open: true,
    file,
    where: { file: path, line: 1, column: 1 },
    children: [
      ...file.problems.map((problem, i) => problemNode(problem, `${file.uri}#problem${i}`, file)),
      ...file.entries.map((entry, i) => serverNode(entry, `${file.uri}#${i}:${entry.server.name}`, file)),
    ],
  };
}

function serverNode(entry: Entry, id: string, file: ConfigurationFile): Node {
  const { server, state } = entry;
  const out = !entry.reachable;
  return {
    id,
    label: server.name,
    description: stateWords(entry),
    tooltip: state.phase === "failed" ? problemText(state.problem) : server.url,
    ...stateIcon(entry),
    spoken: spokenServer(entry),
    context: ["server", server.transport, out ? "unreachable" : state.phase].join("."),
    open: true,
    entry,
    file,
    where: server.where,
    children: out ? [] : serverChildren(entry, id, file),
  };
}

function serverChildren(entry: Entry, id: string, file: ConfigurationFile): Node[] {
  const { state, auth } = entry;
  const shadow = entry.shadowedBy && shadowNode(entry.shadowedBy, `${id}/shadow`);
  return [
    ...(state.phase === "failed" ? [problemNode(state.problem, `${id}/failure`, file)] : []),
    ...entry.problems.map((problem, i) => problemNode(problem, `${id}/problem${i}`, file)),
    ...(shadow ? [shadow] : []),
    { id: `${id}/auth`, label: authLine(entry), tooltip: [authLine(entry), auth.reason].join("\n\n"), icon: "key", context: "auth", entry, children: [] },
    ...(state.phase === "ready" ? offered(entry, id) : []),
  ];
}

/** Tools, prompts and resources, each kind below a row of its own where there are any. */
function offered(entry: Entry, id: string): Node[] {
  if (entry.state.phase !== "ready") return [];
  const { tools, prompts, resources } = entry.state.offers;
  return [
    listNode(t("Tools"), `${id}/tools`, "tools", true, tools.map((tool) => toolNode(tool, entry, id))),
    listNode(t("Prompts"), `${id}/prompts`, "comment", false, prompts.map((prompt) => promptNode(prompt, entry, id))),
    listNode(t("Resources"), `${id}/resources`, "files", false, resources.map((resource) => resourceNode(resource, entry, id))),
  ].filter((node) => node.children.length > 0);
}

function listNode(label: string, id: string, icon: string, open: boolean, children: Node[]): Node {
  return { id, label, description: `${children.length}`, spoken: `${label}, ${children.length}`, icon, open, children };
}

function toolNode(tool: Tool, entry: Entry, id: string): Node {
  return { ...offer(tool.name, tool.description, t("Tool {0}", tool.name)), id: `${id}/tool:${tool.name}`, icon: "wrench", context: "tool", entry, tool };
}

function promptNode(prompt: Prompt, entry: Entry, id: string): Node {
  return {
    ...offer(prompt.name, prompt.description, t("Prompt {0}", prompt.name)),
    id: `${id}/prompt:${prompt.name}`, icon: "comment", context: "prompt", entry, prompt,
  };
}

function resourceNode(resource: Resource, entry: Entry, id: string): Node {
  return {
    ...offer(resource.name, resource.description ?? resource.uri, t("Resource {0}", resource.name)),
    id: `${id}/resource:${resource.uri}`, icon: "file", context: "resource", entry, resource,
  };
}

/** The server's own words are shown as text, never as Markdown. */
function offer(label: string, about: string | undefined, spoken: string): Pick<Node, "label" | "description" | "tooltip" | "spoken" | "children"> {
  return { label, ...(about && { description: about, tooltip: about }), spoken: [spoken, about].filter(Boolean).join(", "), children: [] };
}

function shadowNode(by: Position, id: string): Node {
  const label = t("not used by its client: {0} comes first", placeWords(by));
  return { id, label, tooltip: label, icon: "circle-slash", children: [] };
}

function problemNode(problem: Problem, id: string, file: ConfigurationFile): Node {
  const lines = problemLines(problem);
  return {
    id,
    label: problem.title,
    description: problem.code,
    tooltip: problemText(problem),
    icon: "warning",
    color: "list.errorForeground",
    spoken: t("Problem: {0}", [problem.title, ...lines].join(". ")),
    ...(problem.where.line > 0 && { context: "problem.place", file, where: problem.where }),
    open: true,
    children: lines.map((line, i) => ({ id: `${id}/${i}`, label: line, tooltip: line, icon: "blank", children: [] })),
  };
}

function stateIcon({ reachable, state }: Entry): Pick<Node, "icon" | "color"> {
  if (!reachable) return { icon: "circle-slash" };
  switch (state.phase) {
    case "idle":
      return { icon: "circle-large-outline" };
    case "connecting":
      return { icon: "loading~spin" };
    case "ready":
      return state.lost ? { icon: "sync~spin" } : { icon: "pass", color: "testing.iconPassed" };
    case "failed":
      return { icon: "error", color: "list.errorForeground" };
  }
}
