import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";

/** folder is a new one that goes away with the test. */
export function folder(t: TestContext): string {
  const dir = mkdtempSync(join(tmpdir(), "headfast-"));
  t.after(() => rmSync(dir, { recursive: true }));
  return dir;
}
