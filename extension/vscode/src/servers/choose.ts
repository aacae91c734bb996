/** The question "which server?", for commands that were not started from a row. */
import * as vscode from "vscode";
import type { Context } from "../context.js";
import type { Entry } from "../model/entry.js";
import { stateWords } from "./words.js";

/** The entry that the person chose, without asking where there is only one; undefined where there is none. */
export async function choose({ configurations }: Context, title: string, fits: (entry: Entry) => boolean): Promise<Entry | undefined> {
  if (!configurations.known) await configurations.refresh();
  const entries = configurations.entries.filter(fits);
  if (entries.length < 2) return entries[0];
  const items = entries.map((entry) => ({
    label: entry.server.name,
    description: `${stateWords(entry)} · ${entry.server.where.file}`,
    detail: entry.server.url,
    entry,
  }));
  return (await vscode.window.showQuickPick(items, { title, matchOnDescription: true, matchOnDetail: true }))?.entry;
}
