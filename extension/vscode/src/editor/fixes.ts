/** Ways to mend what was found, as edits. No vscode here. */
import type { Edit, Finding } from "headfast";
import { t } from "@vscode/l10n";
import { meets, type Stretch } from "./text.js";

export interface Change {
  title: string;
  edits: readonly Edit[];
  /** Whether it changes nothing but what is wrong. */
  safe: boolean;
  /** What it mends. */
  finding: Finding;
}

/** The ways to mend what is at a stretch, each finding's best first. */
export function changesAt(findings: readonly Finding[], at: Stretch): Change[] {
  const here = findings.filter((finding) => meets(finding.at, at));
  return here.flatMap((finding) => finding.fixes.map(({ title, safe, edits }) => ({ title, safe, edits, finding })));
}

/** Everything safe at once, as far as the edits do not touch each other; undefined where nothing is safe. */
export function allSafe(findings: readonly Finding[]): { title: string; edits: readonly Edit[]; count: number } | undefined {
  let edits: readonly Edit[] = [];
  let count = 0;
  for (const { fixes } of findings) {
    const safe = fixes.find((fix) => fix.safe);
    const merged = safe && merge(edits, safe.edits);
    if (!merged) continue;
    edits = merged;
    count++;
  }
  return count > 0 ? { title: t("Fix all safe problems of this file"), edits, count } : undefined;
}

/** As MergeEdits of jsbridge/msg: undefined where edits touch each other. */
function merge(all: readonly Edit[], more: readonly Edit[]): readonly Edit[] | undefined {
  const merged = [...all, ...more].sort((a, b) => a.at.start - b.at.start);
  const clash = merged.some(({ at }, i) => {
    const before = merged[i - 1]?.at;
    return before !== undefined && (at.start < before.end || at.start === before.start);
  });
  return clash ? undefined : merged;
}
