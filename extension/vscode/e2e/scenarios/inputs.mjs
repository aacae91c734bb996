// What a configuration wants of a person is asked for when it is needed, and kept for the one place that it goes to.
import { includes, same } from "../lib/same.mjs";

const json = (value) => `${JSON.stringify(value, null, 2)}\n`;

export default {
  hosts: ["desktop", "static"],
  files: ({ origin }) => ({
    ".vscode/mcp.json": json({
      inputs: [{ id: "key", type: "promptString", description: "Key of the demo", password: true }],
      servers: { demo: { type: "http", url: `${origin}/mcp`, headers: { "X-API-Key": "${input:key}" } } },
    }),
  }),
  async run({ checks, bench, demo, page, readLog, shot }) {
    const box = page.locator(".quick-input-widget");
    await checks.check("connect asks for the key in a box that hides it, and says where it goes", async () => {
      await bench.openHeadfast();
      await bench.inlineAction("demo", "Connect");
      await bench.answer("Agree");
      await box.locator("input[type=password]").waitFor({ timeout: 10000 });
      includes(await box.innerText(), "demo: key", "Key of the demo", `It goes only to ${demo.origin}.`);
      same(demo.requests, []);
    });
    await shot("asked");
    await checks.check("with the answer it connects", async () => {
      await box.locator("input[type=password]").fill("test-key-12345");
      await page.keyboard.press("Enter");
      await bench.see("democonnected · 1 tool");
    });
    await checks.check("the answer is kept, and not asked for again", async () => {
      await bench.inlineAction("demo", "Disconnect");
      await bench.inlineAction("demo", "Connect");
      await bench.see("democonnected · 1 tool");
      same((await readLog()).includes("test-key"), false);
    });
    await checks.check("a forgotten answer is asked for again", async () => {
      await bench.inlineAction("demo", "Disconnect");
      await bench.command("Headfast: Forget Answers to Inputs");
      await page.locator(".quick-input-list .monaco-list-row", { hasText: demo.origin }).first().click();
      await page.keyboard.press("Enter");
      await bench.inlineAction("demo", "Connect");
      await box.locator("input[type=password]").waitFor({ timeout: 10000 });
      await page.keyboard.press("Escape");
      await bench.see("HF");
    });
  },
};
