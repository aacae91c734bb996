// Runs every host in turn and counts.
import { rmSync } from "node:fs";
import { mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { openBrowser } from "../../../web/e2e/lib/browser.mjs";
import { Checks } from "../../../web/e2e/lib/checks.mjs";
import { restricted, trusted, worker } from "./hosts.mjs";

const dist = fileURLToPath(new URL("../../../dist/", import.meta.url));
const source = fileURLToPath(new URL("..", import.meta.url));
const cache = process.env.HEADFAST_VSCODE;
const { chromium } = createRequire(`${cache}/package.json`)("playwright-core");

const checks = new Checks();
const artefacts = `${dist}artefacts`;
await mkdir(artefacts, { recursive: true });
for (const old of await readdir(artefacts)) if (old.startsWith("vscode-")) await rm(path.join(artefacts, old), { recursive: true });
const work = await mkdtemp(path.join(os.tmpdir(), "headfast-vscode-"));
// Whatever ends this process ends what it started, too: see also VSCode.start.
for (const signal of ["SIGHUP", "SIGINT", "SIGTERM"]) process.once(signal, () => process.exit(1));
process.once("exit", () => rmSync(work, { recursive: true, force: true, maxRetries: 5 }));
const browser = await openBrowser(chromium, process.env.CHROMIUM);
try {
  const run = { checks, browser, cache, artefacts, vsix: `${dist}headfast.vsix`, headfast: `${dist}headfast`, source };
  await trusted({ ...run, work: path.join(work, "desktop") });
  await worker({ ...run, work: path.join(work, "worker") });
  await restricted({ ...run, work: path.join(work, "restricted") });
} finally {
  await browser.close();
}
checks.finish();
