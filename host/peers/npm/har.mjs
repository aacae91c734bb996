// CHROMIUM=… har.mjs: for each line of its input, {"har": path}, it looks whether the file is a HAR by the schemas of HAR
// 1.2 (npm har-schema), opens Chromium's own DevTools, imports the file in the network panel through its file chooser, and
// prints a line: {"invalid": …}, or the rows that the panel then shows, {"rows": [[name, status, …]]}.
import { readFile } from "node:fs/promises";
import { createInterface } from "node:readline";
import Ajv from "ajv";
import addFormats from "ajv-formats";
import { chromium } from "playwright-core";
import { createRequire } from "node:module";
import { openBrowser } from "../../../web/e2e/lib/browser.mjs";

const require = createRequire(import.meta.url);
const PANEL = "devtools://devtools/bundled/devtools_app.html?panel=network";
const valid = validator();
const browser = await openBrowser(chromium, process.env.CHROMIUM);
try {
  for await (const line of createInterface({ input: process.stdin })) {
    console.log(JSON.stringify(await look(JSON.parse(line)).catch((e) => ({ broken: String(e?.stack ?? e) }))));
  }
} finally {
  await browser.close();
}

function validator() {
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats(ajv);
  ajv.addMetaSchema(require("ajv/dist/refs/json-schema-draft-06.json"));
  const { har, ...parts } = require("har-schema");
  for (const part of Object.values(parts)) ajv.addSchema(part);
  return ajv.compile(har);
}

async function look({ har }) {
  if (!valid(JSON.parse(await readFile(har, "utf8")))) return { invalid: JSON.stringify(valid.errors) };
  const page = await browser.newPage({ viewport: { width: 1600, height: 1200 } });
  try {
    await page.goto(PANEL);
    const [chooser] = await Promise.all([page.waitForEvent("filechooser"), page.getByRole("button", { name: "Import HAR file" }).click()]);
    await chooser.setFiles(har);
    const rows = page.locator(".network-log-grid tr.data-grid-data-grid-node, .network-log-grid tr[role=row].data-grid-data-grid-node");
    await rows.first().waitFor();
    await page.waitForTimeout(500);
    return { rows: await rows.evaluateAll((all) => all.map((row) => [...row.querySelectorAll("td")].map((cell) => cell.innerText))) };
  } finally {
    await page.close();
  }
}
