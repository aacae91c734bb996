/** Names of variables after "${". No vscode here. */
import type { Entry } from "../model/entry.js";

export interface Typed {
  /** How many UTF-16 units before the cursor the name begins. */
  length: number;
  /** What closes the variable; empty where it is closed already. */
  close: string;
}

/** What was typed of a variable's name: after "${" and "${env:", in whatever client's file. */
export function typedVariable(before: string, after: string): Typed | undefined {
  const name = /\$\{(?:env:)?(\w*)$/.exec(before)?.[1];
  return name === undefined ? undefined : { length: name.length, close: /^\w*\}/.test(after) ? "" : "}" };
}

/** The names that configurations use already first, then those of the environment, each once. */
export function variableNames(entries: readonly Entry[], environment: readonly string[]): string[] {
  const used = entries.flatMap(({ auth }) => auth.header.flatMap(({ variables }) => variables));
  return [...new Set([...used.filter((name) => /^\w+$/.test(name)).sort(), ...[...environment].sort()])];
}
