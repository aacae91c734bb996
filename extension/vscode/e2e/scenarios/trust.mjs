// An entry of a project's file acts only after the person has agreed to this very entry.
import { includes, same } from "../lib/same.mjs";

const json = (value) => `${JSON.stringify(value, null, 2)}\n`;
const config = (origin, header = "X-API-Key") =>
  json({ mcpServers: { demo: { type: "http", url: `${origin}/mcp`, headers: { [header]: "test-key-12345" } } } });

export default {
  hosts: ["desktop", "worker", "static"],
  files: ({ origin }) => ({ ".mcp.json": config(origin) }),
  async run({ checks, bench, demo, page, setConfig, shot }) {
    await checks.check("connect asks first, and shows all that the entry would do, without the key", async () => {
      await bench.openHeadfast();
      await bench.inlineAction("demo", "Connect");
      const dialog = page.locator(".monaco-dialog-box");
      await dialog.waitFor({ timeout: 10000 });
      const text = await dialog.innerText();
      includes(text, 'May "demo" at .mcp.json:3 act?', `${demo.origin}/mcp`, "X-API-Key");
      same(text.includes("test-key"), false);
    });
    await shot("asked");
    await checks.check("who does not agree sends nothing, and is told why", async () => {
      await bench.answer("Cancel");
      await bench.see("HF220");
      same(demo.requests, []);
    });
    await checks.check("what Enter chooses shows the entry, and agrees to nothing", async () => {
      await bench.inlineAction("demo", "Connect");
      await page.locator(".monaco-dialog-box").waitFor({ timeout: 10000 });
      await page.keyboard.press("Enter");
      await page.locator(".tab.active", { hasText: ".mcp.json" }).waitFor({ timeout: 10000 });
      same(demo.requests, []);
    });
    await checks.check("who agrees connects, and is not asked again", async () => {
      await bench.inlineAction("demo", "Connect");
      await bench.answer("Agree");
      await bench.see("democonnected · 1 tool");
      await bench.inlineAction("demo", "Disconnect");
      await bench.inlineAction("demo", "Connect");
      await bench.see("democonnected · 1 tool");
    });
    await checks.check("a changed entry asks again, with what is new and what is gone", async () => {
      await setConfig(config(demo.origin, "X-API-Kez"));
      await bench.see("demonot connected");
      demo.requests.length = 0;
      await bench.inlineAction("demo", "Connect");
      const text = await bench.answer("Cancel");
      includes(text, "not what you agreed to any more", "+ header X-API-Kez", "- header X-API-Key");
      same(demo.requests, []);
    });
    await checks.check("what was agreed to is taken back", async () => {
      await setConfig(config(demo.origin));
      await bench.command("Headfast: Take Back What You Agreed To");
      await page.locator(".quick-input-list .monaco-list-row", { hasText: "demo" }).first().click();
      await page.keyboard.press("Enter");
      await bench.see("demonot connected");
      await bench.inlineAction("demo", "Connect");
      await bench.answer("Cancel");
      same(demo.requests, []);
    });
  },
};
