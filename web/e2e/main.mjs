// The page in Chromium: paste, explain, connect; a refused key; a variable; four screenshots.
import { mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { openBrowser, watchForeign } from "./lib/browser.mjs";
import { Checks } from "./lib/checks.mjs";
import { startDemo } from "./lib/demo.mjs";
import { serveFolder } from "./lib/static.mjs";
import { manners, refused, reportConfig, reportServer, twoServers, variable } from "./scenario.mjs";

const dist = fileURLToPath(new URL("../../dist/", import.meta.url));
const artefacts = `${dist}artefacts`;
const checks = new Checks();
await mkdir(artefacts, { recursive: true });

const demo = await startDemo();
const site = await serveFolder(`${dist}web`);
const browser = await openBrowser(chromium, process.env.CHROMIUM);
try {
  checks.group("the page");
  await inPage({ width: 1280, height: 900 }, "light", async (stage) => {
    await reportServer(stage);
    await refused(stage);
    await variable(stage);
    await manners(stage);
  });
  for (const width of [1280, 390]) for (const scheme of ["light", "dark"]) await screenshots(width, scheme);
} finally {
  await browser.close();
  await site.close();
  await demo.close();
}
checks.finish();

async function inPage(viewport, colorScheme, use) {
  const context = await browser.newContext({ viewport, colorScheme, reducedMotion: "reduce" });
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(10000);
    const errors = [];
    page.on("pageerror", (error) => errors.push(error.message));
    page.on("console", (line) => line.type() === "error" && !/status of 401/.test(line.text()) && errors.push(line.text()));
    const foreign = watchForeign(page);
    await page.goto(site.origin);
    await use({ checks, page, demo, site, errors, foreign });
  } finally {
    await context.close();
  }
}

// With the tools, with the refusal, and with two servers of which one lacks a variable.
async function screenshots(width, scheme) {
  checks.group(`${width} ${scheme}`);
  await inPage({ width, height: 900 }, scheme, async ({ page }) => {
    const paste = (text) => page.getByLabel("Paste your").fill(text);
    const connect = () => page.getByRole("button", { name: "Connect to" }).click();
    const shot = (name) => page.screenshot({ path: `${artefacts}/web-${name}-${width}-${scheme}.png`, fullPage: true });
    await checks.check("it is drawn, and nothing scrolls sideways", async () => {
      await paste(reportConfig(demo.origin));
      await page.getByText("14 characters").waitFor();
      await connect();
      await page.getByText("test_tool").waitFor();
      await shot("tools");
      await paste(reportConfig(demo.origin, "wrong-key"));
      await page.getByText("9 characters").waitFor();
      await connect();
      await page.getByText("HF101").waitFor();
      await shot("refused");
      await paste(twoServers(demo.origin));
      await page.getByLabel("DEMO_KEY").waitFor();
      await shot("variable");
      const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      if (over > 0) throw new Error(`the page is ${over} px too wide`);
    });
  });
}
