// A folder that the person does not trust: its servers are listed, and nothing else happens.
import { same } from "../lib/same.mjs";
import { reportConfig } from "./report.mjs";

export default {
  hosts: ["restricted"],
  files: ({ origin }) => ({ ".mcp.json": reportConfig(origin) }),
  async run({ checks, bench, demo, shot }) {
    await checks.check("an untrusted folder is listed, and nothing is expanded", async () => {
      await bench.openHeadfast();
      await bench.see("would send X-API-Key, .mcp.json:7");
    });
    await checks.check("an untrusted folder cannot be connected", async () => {
      await bench.page.getByText("Servers are listed and not contacted").first().waitFor({ timeout: 5000 });
      await bench.row("test-server-http").hover();
      const connect = bench.row("test-server-http").locator(".action-item:not(.disabled)").getByRole("button", { name: "Connect" });
      same(await connect.count(), 0);
      same(demo.requests, []);
    });
    await shot("listed");
  },
};
