// In the file: what is wrong is marked while one types, a quick fix mends it, and the mouse tells who gets what.
import { readFile } from "node:fs/promises";
import path from "node:path";
import { includes, same } from "../lib/same.mjs";

const KEY = "test-key-12345";

// The report's file with two mistakes: a misspelt field, and a variable that nobody has set.
const broken = (origin) => `{
  "mcpServers": {
    "test-server-http": {
      "type": "http",
      "url": "${origin}/mcp",
      "header": {
        "X-API-Key": "${KEY}",
        "X-Org": "\${HEADFAST_E2E_NOT_SET}"
      }
    }
  }
}
`;

export default {
  hosts: ["desktop"],
  files: ({ origin }) => ({ ".mcp.json": broken(origin) }),
  async run(stage) {
    await opened(stage);
    await fixed(stage);
    await hovered(stage);
  },
};

async function opened({ checks, bench, page, demo, shot }) {
  await checks.check("the field that the client does not read is underlined", async () => {
    await bench.openHeadfast();
    await bench.openFile(".mcp.json");
    await page.locator(".monaco-editor .squiggly-warning").first().waitFor({ timeout: 20000 });
  });
  await checks.check("the problems panel says what it is, with its code and the line", async () => {
    await bench.command("Problems: Focus on Problems View");
    const row = problem(page, 'Claude Code does not read "header"');
    await row.waitFor({ timeout: 10000 });
    includes(await row.innerText(), "Headfast", "HF203", "Ln 6, Col 7");
    same(demo.requests, []);
  });
  await shot("marked");
}

async function fixed({ checks, bench, page, folder, shot }) {
  await checks.check("the quick fix is offered at the place", async () => {
    await problem(page, 'Claude Code does not read "header"').dblclick();
    await page.locator(".statusbar").getByText("Ln 6, Col 15 (8 selected)").waitFor({ timeout: 5000 });
    await page.locator(".view-line span", { hasText: /^"header"$/ }).last().click();
    await page.keyboard.press("ControlOrMeta+.");
    await fix(page).waitFor({ timeout: 10000 });
  });
  await shot("quick-fix");
  await checks.check("it changes the text, and the mark goes before the file is saved", async () => {
    await fix(page).click();
    await page.locator(".view-line", { hasText: '"headers": {' }).waitFor({ timeout: 5000 });
    await problem(page, 'Claude Code does not read "header"').waitFor({ state: "detached", timeout: 10000 });
  });
  await checks.check("saved, only the name is another", async () => {
    const before = await readFile(path.join(folder.path, ".mcp.json"), "utf8");
    await page.keyboard.press("ControlOrMeta+s");
    await until(async () => (await readFile(path.join(folder.path, ".mcp.json"), "utf8")) === before.replace('"header"', '"headers"'));
    await bench.see("X-API-Key, 14 characters, .mcp.json:7");
  });
}

async function hovered({ checks, page, demo, shot }) {
  await checks.check("hovering a header tells where it goes and why, without its value", async () => {
    await page.locator(".view-line span", { hasText: "X-API-Key" }).last().hover();
    const hover = page.locator(".monaco-hover", { hasText: "X-API-Key" }).filter({ visible: true }).first();
    await hover.waitFor({ timeout: 10000 });
    const text = (await hover.innerText()).replaceAll("\u00a0", " ");
    includes(text, "14 characters", `It goes to ${demo.origin}, and nowhere else.`, "so nothing else is tried");
    same(text.includes(KEY), false);
  });
  await shot("hover");
  await page.keyboard.press("Escape");
}

function problem(page, text) {
  return page.locator(".markers-panel .monaco-list-row", { hasText: text }).first();
}

function fix(page) {
  return action(page, /Rename "header" to "headers"/);
}

function action(page, title) {
  return page.locator(".action-widget .monaco-list-row", { hasText: title }).first();
}

async function until(is) {
  for (let i = 0; i < 100; i++) {
    if (await is()) return;
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error("it did not come to be");
}
