/** The tree as plain values: what each row of the view says. No vscode here. */
import type { Problem, Tool } from "./core.js";
import type { Row } from "./row.js";
import type { ShownFile } from "./store.js";
import { authLine, problemLines, problemText, spokenServer, stateWords } from "./words.js";

export interface Node {
  /** The same row has the same id after a refresh, so that it keeps its selection and expansion. */
  id: string;
  label: string;
  description?: string;
  tooltip?: string;
  icon: string;
  color?: string;
  spoken?: string;
  context?: string;
  open?: boolean;
  row?: Row;
  children: Node[];
}

/** One file shows its servers at the top; several are told apart by a row each. */
export function tree(files: ShownFile[]): Node[] {
  const [only] = files;
  if (only && files.length === 1) return fileNodes(only);
  return files.map((file) => ({ id: file.key, label: file.path, icon: "json", open: true, children: fileNodes(file) }));
}

function fileNodes(file: ShownFile): Node[] {
  return [
    ...file.problems.map((problem, i) => problemNode(problem, `${file.key}#problem${i}`)),
    ...file.rows.map((row, i) => serverNode(row, `${file.key}#${i}:${row.server.name}`)),
  ];
}

function serverNode(row: Row, id: string): Node {
  const out = !row.reachable;
  return {
    id,
    label: row.server.name,
    description: out ? "stdio · cannot be started here" : stateWords(row),
    tooltip: row.state.phase === "failed" ? problemText(row.state.problem) : row.server.url,
    ...stateIcon(row),
    spoken: spokenServer(row),
    context: out ? "server.stdio" : `server.${row.state.phase}`,
    open: true,
    row,
    children: out ? [] : serverChildren(row, id),
  };
}

function serverChildren(row: Row, id: string): Node[] {
  const { state } = row;
  return [
    ...(state.phase === "failed" ? [problemNode(state.problem, `${id}/failure`)] : []),
    ...row.problems.map((problem, i) => problemNode(problem, `${id}/problem${i}`)),
    { id: `${id}/auth`, label: authLine(row.auth), tooltip: [authLine(row.auth), row.auth.reason].join("\n\n"), icon: "key", children: [] },
    ...(state.phase === "ready" ? state.tools.map((tool) => toolNode(tool, `${id}/tool:${tool.name}`)) : []),
  ];
}

function problemNode(problem: Problem, id: string): Node {
  const lines = problemLines(problem);
  return {
    id,
    label: problem.title,
    description: problem.code,
    tooltip: problemText(problem),
    icon: "warning",
    color: "list.errorForeground",
    open: true,
    children: lines.map((line, i) => ({ id: `${id}/${i}`, label: line, tooltip: line, icon: "blank", children: [] })),
  };
}

function toolNode(tool: Tool, id: string): Node {
  const description = tool.description ? { description: tool.description, tooltip: tool.description } : {};
  return { id, label: tool.name, ...description, icon: "tools", children: [] };
}

function stateIcon(row: Row): Pick<Node, "icon" | "color"> {
  switch (row.state.phase) {
    case "idle":
      return { icon: !row.reachable ? "circle-slash" : "circle-large-outline" };
    case "connecting":
      return { icon: "loading~spin" };
    case "ready":
      return { icon: "pass", color: "testing.iconPassed" };
    case "failed":
      return { icon: "error", color: "list.errorForeground" };
  }
}
