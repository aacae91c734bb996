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
  hosts: ["desktop", "worker", "static"],
  files: ({ origin }) => ({ ".mcp.json": broken(origin), ".codex/config.toml": '[mcp_servers.toml]\nurl = "https://toml.example/mcp"\nhttp_header = {}\n' }),
  async run(stage) {
    await opened(stage);
    await fixed(stage);
    await hovered(stage);
    await lenses(stage);
    await typed(stage);
    await refused(stage);
    await toml(stage);
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
    await page.locator(".statusbar").getByText("Ln 6, Col 7").waitFor({ timeout: 5000 });
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
    const text = await hover.innerText();
    includes(text, "14 characters", `It goes to ${demo.origin}, and nowhere else.`, "so nothing else is tried");
    same(text.includes(KEY), false);
  });
  await shot("hover");
  await page.keyboard.press("Escape");
}

async function lenses({ checks, bench, page, demo, from }) {
  await checks.check("Connect above the entry connects it, and then says what it is", async () => {
    await lens(page, "Connect").click();
    await bench.answer("Agree");
    await lens(page, "connected · 1 tool").waitFor({ timeout: 20000 });
    same(demo.requests.every((line) => line === `POST /mcp 200${from}`), true);
  });
  await checks.check("Disconnect ends it", async () => {
    await lens(page, "Disconnect").click();
    await lens(page, "Connect").waitFor({ timeout: 10000 });
  });
}

async function typed({ checks, page, shot }) {
  await checks.check("a variable's name is completed, from what configurations use", async () => {
    await page.locator(".view-line", { hasText: "X-API-Key" }).click();
    await page.keyboard.press("End");
    await page.keyboard.press("Enter");
    await page.keyboard.insertText('"X-Two": "${');
    await page.keyboard.press("ControlOrMeta+Space");
    await page.locator(".suggest-widget .monaco-list-row", { hasText: "HEADFAST_E2E_NOT_SET" }).first().waitFor({ timeout: 10000 });
  });
  await shot("completion");
  await checks.check("it is put in, with its bracket", async () => {
    await page.keyboard.press("Enter");
    await page.locator(".view-line", { hasText: '"X-Two": "${HEADFAST_E2E_NOT_SET}' }).waitFor({ timeout: 5000 });
    await page.keyboard.press("Escape");
  });
}

async function refused({ checks, bench, page, demo, shot }) {
  await checks.check("a key that is refused is marked at the header's value", async () => {
    demo.requests.length = 0;
    await bench.replaceText(broken(demo.origin).replace('"header"', '"headers"').replace(KEY, "wrong-key").replace(/,\n.*NOT_SET.*/, ""));
    await bench.see("X-API-Key, 9 characters");
    await lens(page, "Connect").click();
    await bench.answer("Agree");
    const row = problem(page, "The server refused the key it was sent");
    await row.waitFor({ timeout: 20000 });
    includes(await row.innerText(), "HF101", "Ln 7, Col 22");
    same(demo.requests.filter((line) => !line.startsWith("POST /mcp 401")), []);
  });
  await shot("refused");
}

async function toml({ checks, bench, page }) {
  await checks.check("TOML is marked too, and mended", async () => {
    await problem(page, "http_header").dblclick();
    await page.locator(".tab.active", { hasText: "config.toml" }).waitFor({ timeout: 10000 });
    await page.keyboard.press("ControlOrMeta+.");
    await page.getByRole("option", { name: /Rename .*http_header/ }).first().click();
    await page.locator(".view-line", { hasText: "http_headers = {}" }).waitFor({ timeout: 5000 });
    await bench.see("toml");
  });
}

function problem(page, text) {
  return page.locator(".markers-panel .monaco-list-row", { hasText: text }).first();
}

function fix(page) {
  return page.getByRole("option", { name: 'Rename "header" to "headers"' }).first();
}

function lens(page, title) {
  return page.locator(".codelens-decoration a", { hasText: new RegExp(`^${title}$`) }).first();
}

async function until(is) {
  for (let i = 0; i < 100; i++) {
    if (await is()) return;
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error("it did not come to be");
}
