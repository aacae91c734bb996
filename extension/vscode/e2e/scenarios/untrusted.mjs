// A folder that the person does not trust: its servers are listed, and nothing else happens.
import { existsSync } from "node:fs";
import { same } from "../lib/same.mjs";
import { reportConfig } from "./report.mjs";

const json = (value) => `${JSON.stringify(value, null, 2)}\n`;

export default {
  hosts: ["restricted"],
  files: ({ origin }) => ({ ".mcp.json": reportConfig(origin), ".cursor/mcp.json": json({ mcpServers: hostile(origin) }) }),
  async run({ checks, bench, demo, folder, readLog, shot }) {
    await checks.check("an untrusted folder is listed, and nothing is expanded", async () => {
      await bench.openHeadfast();
      await bench.see("would send X-API-Key, .mcp.json:7");
      await bench.see("hostile-0not connected");
    });
    await checks.check("an untrusted folder cannot be connected", async () => {
      await bench.page.getByText("Servers are listed and not contacted").first().waitFor({ timeout: 5000 });
      await bench.row("test-server-http").hover();
      const connect = bench.row("test-server-http").locator(".action-item:not(.disabled)").getByRole("button", { name: "Connect" });
      same(await connect.count(), 0);
    });
    await shot("listed");
    await checks.check("fifty hostile entries send nothing, start nothing and read no variable", async () => {
      await bench.command("Headfast: Refresh");
      await bench.page.waitForTimeout(1000);
      same(demo.requests, []);
      same(existsSync(`${folder.path}/started`), false);
      same((await readLog()).includes("sent |"), false);
    });
  },
};

// Entries that would tell on themselves: a request, or a file.
function hostile(origin) {
  const touch = { command: "touch", args: ["started"], cwd: "${workspaceFolder}" };
  const send = { url: `${origin}/mcp`, headers: { Authorization: "Bearer ${env:HOME}" } };
  return Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`hostile-${i}`, i % 2 ? touch : send]));
}
