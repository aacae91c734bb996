// The Explain view: how it was decided, what would be sent, what other clients would do; live, by keyboard, in all colours.
import { violations } from "../lib/axe.mjs";
import { includes, same } from "../lib/same.mjs";

const json = (value) => `${JSON.stringify(value, null, 2)}\n`;
const config = (origin, header) => json({ mcpServers: { demo: { type: "http", url: `${origin}/mcp`, headers: { [header]: "test-key-12345" } } } });
const HOSTILE = '<img src=x onerror="document.title=1">';

export default {
  hosts: ["desktop", "worker"],
  files: ({ origin }) => ({
    ".mcp.json": config(origin, "X-API-Key"),
    ".cursor/mcp.json": json({ mcpServers: { [HOSTILE]: { url: "https://acme.example/mcp", headers: { Authorization: "Bearer ${env:ACME_KEY}" } } } }),
  }),
  async run(stage) {
    const view = await opened(stage);
    await told(stage, view);
    await policed(stage, view);
    await accessible(stage, view);
    await stage.shot("demo");
    await byKeyboard(stage, view);
    await live(stage);
    await hostile(stage);
    await stage.checks.check("nothing was sent", () => same(stage.demo.requests, []));
  },
};

// The frame of the view that is in front.
async function frameOf(page, title) {
  for (let i = 0; i < 100; i++) {
    for (const frame of page.frames()) {
      const text = await frame.locator("main h1").textContent({ timeout: 200 }).catch(() => "");
      if (text === title) return frame;
    }
    await page.waitForTimeout(100);
  }
  throw new Error(`there is no view ${title}`);
}

async function opened({ checks, bench, page }) {
  let frame;
  await checks.check("Explain on a server's row opens the view", async () => {
    await bench.openHeadfast();
    await bench.inlineAction("demo", "Explain");
    frame = await frameOf(page, "Explain demo");
  });
  return frame;
}

async function told({ checks, demo }, frame) {
  await checks.check("it tells the way from the entry to the outcome", async () => {
    const path = await frame.locator("ol").innerText();
    includes(path, "Entry:", ".mcp.json:3", "Decided:", "Outcome: headers", `Goes only to ${demo.origin}`);
  });
  await checks.check("it tells the request, each header's place and length, and never a value", async () => {
    const text = await frame.locator("main").innerText();
    includes(text, `POST ${demo.origin}/mcp`, "X-API-Key", "14 characters", ".mcp.json:7");
    same(text.includes("test-key"), false);
  });
  await checks.check("it tells what other clients would do, the best first", async () => {
    const clients = await frame.locator("section", { hasText: "What other clients would do" }).locator("tbody tr").allInnerTexts();
    same(clients.length > 15, true);
    includes(clients[0], "as configured");
    includes(clients.at(-1), "not used");
  });
}

async function policed({ checks }, frame) {
  await checks.check("the page can load nothing and run nothing of others", async () => {
    const policy = await frame.locator("meta[http-equiv]").getAttribute("content");
    includes(policy, "default-src 'none'");
    same(/unsafe|https?:|connect-src|img-src/.test(policy), false);
    same(await frame.evaluate(() => fetch("https://acme.example/").then(() => "sent", () => "refused")), "refused");
  });
}

async function accessible({ checks, page }, frame) {
  for (const colours of [{ colorScheme: "light" }, { colorScheme: "dark" }]) {
    await checks.check(`axe finds nothing in ${colours.colorScheme}`, async () => {
      await page.emulateMedia(colours);
      await page.locator(colours.colorScheme === "dark" ? ".monaco-workbench.vs-dark" : ".monaco-workbench.vs").waitFor({ timeout: 10000 });
      await frame.locator(`body.vscode-${colours.colorScheme}`).waitFor({ timeout: 10000 });
      same(await violations(frame), []);
    });
  }
}

async function byKeyboard({ checks, page, bench }, frame) {
  await checks.check("every place is reached by Tab, and Enter opens the file at the line", async () => {
    const wanted = frame.getByRole("button", { name: "Open .mcp.json:7" });
    await frame.locator("h1").click();
    for (let i = 0; i < 10 && !(await wanted.evaluate((node) => node === document.activeElement)); i++) await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.locator(".tab.active", { hasText: ".mcp.json" }).waitFor({ timeout: 10000 });
    await page.locator(".statusbar").getByText("Ln 7, Col").waitFor({ timeout: 5000 });
    await bench.inlineAction("demo", "Explain");
  });
}

async function live({ checks, page, demo, setConfig }) {
  await checks.check("a changed file is shown at once, and said", async () => {
    await setConfig(config(demo.origin, "X-Other-Key"));
    const frame = await frameOf(page, "Explain demo");
    await frame.locator("table code", { hasText: "X-Other-Key" }).first().waitFor({ timeout: 10000 });
    includes(await frame.locator("[role=status]").textContent(), "The file changed");
  });
  await checks.check("a server that is gone is told to be", async () => {
    await setConfig(json({ mcpServers: {} }));
    const frame = await frameOf(page, "Explain demo");
    await frame.getByText("It is not there any more").waitFor({ timeout: 10000 });
  });
}

async function hostile({ checks, bench, page, shot }) {
  await checks.check("the palette explains too; a name with HTML is text, and a variable that is not set is named", async () => {
    await bench.command("Headfast: Explain");
    const frame = await frameOf(page, `Explain ${HOSTILE}`);
    includes(await frame.locator("main").innerText(), "not sent: ACME_KEY not set", ".cursor/mcp.json:6");
    same(await frame.locator("img").count(), 0);
  });
  await shot("unset");
}
