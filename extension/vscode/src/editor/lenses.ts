/** What is offered above an entry. No vscode here. */
import { t } from "@vscode/l10n";
import { stateWords } from "../servers/words.js";
import type { LiveFile } from "./live.js";
import type { Place } from "./text.js";

export interface Lens {
  at: Place;
  /** The entry's name. */
  server: string;
  title: string;
  command: "headfast.connect" | "headfast.disconnect" | "headfast.explain" | "headfast.servers.focus";
}

/** VS Code has lenses of its own in its own file, for starting and stopping. */
const OWN_LENSES = "vs-code";

/** @param has - whether there is such a command */
export function lenses(live: LiveFile, trusted: boolean, has: (command: string) => boolean): Lens[] {
  const all = live.servers.flatMap((server) => {
    const entry = live.file.entries.find((one) => one.server.name === server.name);
    if (!entry) return []; // not saved yet
    const lens = (title: string, command: Lens["command"]): Lens => ({ at: server.where, server: server.name, title, command });
    const explain = lens(t("Explain"), "headfast.explain");
    if (live.file.read.place.dialect === OWN_LENSES || !trusted || !entry.reachable) return [explain];
    switch (entry.state.phase) {
      case "idle":
      case "failed":
        return [lens(t("Connect"), "headfast.connect"), explain];
      case "connecting":
        return [lens(stateWords(entry), "headfast.servers.focus"), explain];
      case "ready":
        return [lens(stateWords(entry), "headfast.servers.focus"), lens(t("Disconnect"), "headfast.disconnect"), explain];
    }
  });
  return all.filter(({ command }) => has(command));
}
