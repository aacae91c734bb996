// Runs every scenario in every host that it is for, and counts. Words choose some: main.mjs desktop servers.
import { rmSync } from "node:fs";
import { mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { openBrowser } from "../../../web/e2e/lib/browser.mjs";
import { Checks } from "../../../web/e2e/lib/checks.mjs";
import { HOSTS } from "./lib/hosts.mjs";
import { play } from "./lib/stage.mjs";

const dist = fileURLToPath(new URL("../../../dist/", import.meta.url));
const source = fileURLToPath(new URL("..", import.meta.url));
const cache = process.env.HEADFAST_VSCODE;
const { chromium } = createRequire(`${cache}/package.json`)("playwright-core");
const words = process.argv.slice(2);
const chosenHosts = HOSTS.filter(({ name }) => !words.some((word) => HOSTS.some((host) => host.name === word)) || words.includes(name));
const chosen = words.filter((word) => !HOSTS.some((host) => host.name === word));

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
  const scenarios = (await load()).filter(({ name }) => chosen.length === 0 || chosen.includes(name));
  for (const host of chosenHosts) {
    const those = scenarios.filter(({ hosts }) => hosts.includes(host.name));
    if (those.length === 0) continue;
    const place = path.join(work, host.name);
    const running = await host.start({ ...run, work: place, folders: path.join(place, "folders") });
    try {
      for (const scenario of those) await play({ ...run, work: place, host, running }, scenario);
    } finally {
      await running.stop();
    }
  }
} finally {
  await browser.close();
}
checks.finish();

// Every file of scenarios/ exports one of: hosts, files and home (what is written before the window opens), run.
async function load() {
  const folder = new URL("scenarios/", import.meta.url);
  const names = (await readdir(folder)).filter((name) => name.endsWith(".mjs")).sort();
  return Promise.all(names.map(async (name) => ({ name: name.replace(".mjs", ""), ...(await import(new URL(name, folder))).default })));
}
