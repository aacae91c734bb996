// CHROMIUM=… node page-client.mjs DIST: one Chromium. For each line of stdin it opens a page on loopback, which
// visits the server with jsbridge/ts/dist/web.js, and prints a line with what came of it.
import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { openBrowser, watchForeign } from "../../../web/e2e/lib/browser.mjs";
import { serveFolder } from "../../../web/e2e/lib/static.mjs";

const dist = process.argv[2];
const folder = await mkdtemp(`${tmpdir()}/headfast-page-`);
for (const name of ["web.js", "headfast.wasm", "wasm_exec.js"]) await copyFile(`${dist}/${name}`, `${folder}/${name}`);
await copyFile(fileURLToPath(new URL("visit.mjs", import.meta.url)), `${folder}/visit.js`);
await copyFile(fileURLToPath(new URL("index.html", import.meta.url)), `${folder}/index.html`);
const site = await serveFolder(folder);
const browser = await openBrowser(chromium, process.env.CHROMIUM);
try {
  for await (const line of createInterface({ input: process.stdin })) {
    console.log(JSON.stringify(await inPage(JSON.parse(line)).catch((e) => ({ broken: String(e?.stack ?? e) }))));
  }
} finally {
  await browser.close();
  await site.close();
  await rm(folder, { recursive: true });
}

async function inPage(what) {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(30_000);
    const foreign = watchForeign(page);
    await page.goto(site.origin);
    const came = await page.evaluate(async (what) => {
      const [{ open }, { visit }] = await Promise.all([import("/web.js"), import("/visit.js")]);
      return visit(open, what);
    }, what);
    return { ...came, origin: site.origin, foreign };
  } finally {
    await context.close();
  }
}
