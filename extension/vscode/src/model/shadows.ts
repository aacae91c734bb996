/** Which entries a client passes over, because it has one of the same name in another file. */
import type { Position } from "../core/client.js";
import type { ConfigurationFile } from "./file.js";

export function markShadows(files: readonly ConfigurationFile[]): void {
  const first = new Map<string, Position>();
  for (const { read, entries } of files) {
    for (const entry of entries) {
      const key = `${read.place.dialect} ${entry.server.name}`;
      const by = first.get(key);
      entry.shadowedBy = read.place.shadows ? by : undefined;
      if (!by || !read.place.shadows) first.set(key, entry.server.where);
    }
  }
}
