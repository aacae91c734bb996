// The Servers view: every client's files, grouped; what is on a row; live refresh; what there is to do where there is none.
import { includes, same } from "../lib/same.mjs";

const json = (value) => `${JSON.stringify(value, null, 2)}\n`;

export default {
  hosts: ["desktop", "worker", "static"],
  files: ({ origin }) => ({
    ".mcp.json": json({ mcpServers: { demo: { type: "http", url: `${origin}/mcp`, headers: { "X-API-Key": "test-key-12345" } } } }),
    ".cursor/mcp.json": json({ mcpServers: { acme: { url: "https://acme.example/mcp", headers: { Authorization: "Bearer ${env:ACME_KEY}" } } } }),
    ".vscode/mcp.json": json({ servers: { plain: { type: "http", url: "https://plain.example/mcp" } } }),
  }),
  home: () => ({
    ".claude.json": json({ numStartups: 3, mcpServers: { mine: { type: "http", url: "https://mine.example/mcp" } } }),
    ".codex/config.toml": '[mcp_servers.toml]\nurl = "https://toml.example/mcp"\n',
    ".gemini/settings.json": json({ theme: "dark" }),
  }),
  async run(stage) {
    await grouped(stage);
    await (stage.host === "desktop" ? ofThePerson(stage) : notOfThePerson(stage));
    await spoken(stage);
    await badge(stage);
    await connected(stage);
    if (stage.host === "desktop") await edited(stage);
    await none(stage);
    await created(stage);
  },
};

async function grouped({ checks, bench, demo, shot }) {
  await checks.check("every client's file of the folder has a row, with whose it is", async () => {
    await bench.openHeadfast();
    for (const [client, file] of [["Claude Code", ".mcp.json"], ["Cursor", ".cursor/mcp.json"], ["VS Code", ".vscode/mcp.json"]]) {
      await bench.see(`${client}this folder · ${file}`);
    }
    for (const name of ["demo", "acme", "plain"]) await bench.see(`${name}not connected`);
  });
  await checks.check("the auth line names header, variable, file and line", () =>
    bench.see("does not send Authorization from ${ACME_KEY}, ACME_KEY not set, .cursor/mcp.json:6"));
  await checks.check("nothing was sent", () => same(demo.requests, []));
  await shot("grouped");
}

async function ofThePerson({ checks, bench }) {
  await checks.check("the person's own files are listed too, without settings of other kinds", async () => {
    await bench.see("Claude Codeyou · ~/.claude.json");
    await bench.see("minenot connected");
    await bench.see("Codex CLIyou · ~/.codex/config.toml");
    await bench.see("tomlnot connected");
    same(await bench.row(".gemini/settings.json").count(), 0);
  });
}

async function notOfThePerson({ checks, bench }) {
  await checks.check("in the browser, only the folder's files are listed", async () => same(await bench.row("~/").count(), 0));
}

async function spoken({ checks, bench }) {
  await checks.check("a screen reader hears sentences", async () => {
    const label = (text) => bench.row(text).getAttribute("aria-label");
    includes(await label("demo"), "Server demo, not connected, sends X-API-Key, 14 characters, .mcp.json:7");
    includes(await label("Claude Codethis"), "Configuration of Claude Code for this folder, file .mcp.json, 1 server");
  });
}

async function badge({ checks, bench }) {
  await checks.check("the icon's badge counts what is wrong", async () => {
    const count = bench.page.locator(".activitybar .action-item", { has: bench.page.locator('[aria-label*="Headfast"]') }).locator(".badge-content");
    await count.filter({ hasText: /^[1-9]$/ }).waitFor({ timeout: 5000 });
  });
}

async function connected({ checks, bench, demo, from, shot }) {
  await checks.check("connect shows the tools as children, and sends the key", async () => {
    await bench.inlineAction("demo", "Connect");
    await bench.answer("Agree");
    await bench.see("democonnected · 1 tool");
    await bench.see("Tools1");
    await bench.see("test_toolA test tool");
    same(demo.requests.every((line) => line === `POST /mcp 200${from}`), true);
  });
  await shot("connected");
  await checks.check("disconnect takes them away", async () => {
    await bench.inlineAction("demo", "Disconnect");
    await bench.see("demonot connected");
    same(await bench.row("test_tool").count(), 0);
  });
}

async function edited({ checks, bench, page }) {
  await checks.check("open configuration shows the file at the entry's line", async () => {
    await bench.inlineAction("demo", "Open Configuration");
    await page.locator(".tab.active", { hasText: ".mcp.json" }).waitFor({ timeout: 10000 });
    await page.locator(".statusbar").getByText("Ln 3, Col 5").waitFor({ timeout: 5000 });
  });
  await checks.check("a file that is edited and saved is listed anew by itself", async () => {
    await bench.replaceText(JSON.stringify({ mcpServers: { renamed: { type: "http", url: "https://renamed.example/mcp" } } }));
    await bench.see("renamednot connected");
    same(await bench.row("demo").count(), 0);
  });
}

async function none({ checks, bench, folder, home, shot }) {
  await checks.check("where no file is left, the view says what to do", async () => {
    for (const file of [".mcp.json", ".cursor", ".vscode"]) await folder.remove(file);
    await home?.clear();
    await bench.command("Headfast: Refresh");
    await bench.page.getByText("There is no MCP configuration in this folder or your user settings.").waitFor({ timeout: 10000 });
  });
  await shot("none");
}

async function created({ checks, bench, page }) {
  await checks.check("it tells where it looks", async () => {
    await page.getByRole("button", { name: "where Headfast looks" }).click();
    await page.locator(".quick-input-list .monaco-list-row", { hasText: ".cursor/mcp.json" }).first().waitFor({ timeout: 5000 });
    await page.keyboard.press("Escape");
  });
  await checks.check("it creates a file, which opens and is listed", async () => {
    await page.getByRole("button", { name: "Create .mcp.json" }).click();
    await page.locator(".tab.active", { hasText: ".mcp.json" }).waitFor({ timeout: 10000 });
    await bench.see("Claude Codethis folder · .mcp.json");
  });
}
