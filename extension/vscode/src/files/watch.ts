/** Calls back when a configuration file appears, changes or goes. */
import * as vscode from "vscode";
import { Settled } from "../base/clock.js";
import type { Disposable } from "../base/emitter.js";
import type { Context } from "../context.js";
import type { Spot } from "../model/places.js";

/** A file is written in several steps, and several at once by a checkout. In milliseconds. */
const SETTLED = 200;

/** Refreshes the configurations as files, folders, settings and trust change. Nothing happens before the first refresh. */
export function watch({ configurations, clock, trust }: Context): Disposable {
  const refresh = () => void (configurations.known && configurations.refresh());
  const settled = new Settled(clock, SETTLED, refresh);
  const touch = () => settled.touch();
  const areas = new Areas(touch);
  return vscode.Disposable.from(
    settled,
    areas,
    configurations.onDidChange(() => void areas.show(configurations.spots)),
    trust.onDidGrant(refresh),
    vscode.workspace.onDidChangeWorkspaceFolders(touch),
    vscode.workspace.onDidChangeConfiguration((event) => void (event.affectsConfiguration("headfast.userFiles") && touch())),
    // What happened outside of the window: a folder may be there now that could not be watched before.
    vscode.window.onDidChangeWindowState(({ focused }) => void (focused && touch())),
  );
}

/** The folders that are watched: those that are there, since VS Code would poll for the others. */
class Areas implements Disposable {
  #spots: readonly Spot[] = [];
  #watched = "";
  #watchers: vscode.Disposable | undefined;
  #closed = false;

  constructor(private readonly touch: () => void) {}

  async show(spots: readonly Spot[]): Promise<void> {
    if (spots === this.#spots) return; // something else has changed
    this.#spots = spots;
    const all = areasOf(spots);
    const there = await Promise.all(all.map(([base]) => isThere(base)));
    const areas = all.filter((_, i) => there[i]);
    if (this.#closed || JSON.stringify(areas) === this.#watched) return;
    this.#watched = JSON.stringify(areas);
    this.#watchers?.dispose();
    this.#watchers = vscode.Disposable.from(...areas.map(([base, pattern]) => watchArea(base, pattern, this.touch)));
  }

  dispose(): void {
    this.#closed = true;
    this.#watchers?.dispose();
  }
}

async function isThere(uri: string): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(vscode.Uri.parse(uri, true));
    return true;
  } catch {
    return false;
  }
}

/** Each folder with the pattern of all that is looked for in it. */
function areasOf(spots: readonly Spot[]): [string, string][] {
  const areas = new Map<string, Set<string>>();
  for (const { base, parts } of spots) areas.set(base, (areas.get(base) ?? new Set()).add(parts.join("/")));
  return [...areas].map(([base, names]) => [base, names.size > 1 ? `{${[...names].join(",")}}` : [...names].join("")]);
}

function watchArea(base: string, pattern: string, touch: () => void): vscode.Disposable {
  const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(vscode.Uri.parse(base, true), pattern));
  return vscode.Disposable.from(watcher, watcher.onDidCreate(touch), watcher.onDidChange(touch), watcher.onDidDelete(touch));
}
