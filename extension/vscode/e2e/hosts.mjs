// The hosts in which the extension is tried.
import { watchForeign } from "../../../web/e2e/lib/browser.mjs";
import { startDemo } from "../../../web/e2e/lib/demo.mjs";
import { VSCode } from "./lib/vscode.mjs";
import { Workbench } from "./lib/workbench.mjs";
import { keepFailure, listAndConnect, noCredential, notStarted, reportConfig, same, shots, startedByHost, wrongKey } from "./scenario.mjs";

// A folder that the person trusts, with the extension in a real Node host.
export function trusted(run) {
  return withCodeServer({ ...run, host: "desktop", from: "", flags: ["--disable-workspace-trust"], settings: {} }, async (stage) => {
    await listAndConnect(stage);
    await wrongKey(stage);
    await noCredential(stage);
    await startedByHost(stage);
    await stage.checks.check("the log says what happened, and has no key", async () => {
      const log = await stage.readLog();
      for (const part of ["connected · 1 tool", "HF101"]) if (!log.includes(part)) throw new Error(`"${part}" is not in: ${log}`);
      same([log.includes("test-key"), log.includes("wrong-key")], [false, false]);
    });
    await stage.checks.check("the workbench asked no other host", () => same(stage.foreign, []));
  });
}

// The same, with only the browser's half of the extension: it then runs in a real web worker.
export function worker(run) {
  const install = (code) => code.installWebHalf(run.source);
  return withCodeServer({ ...run, host: "worker", from: " from a page", flags: ["--disable-workspace-trust"], settings: {}, install }, async (stage) => {
    await listAndConnect(stage);
    await wrongKey(stage);
    await notStarted(stage);
    await stage.checks.check("the workbench asked no other host", () => same(stage.foreign, []));
  });
}

// A folder that the person did not trust.
export function restricted(run) {
  const settings = { "security.workspace.trust.startupPrompt": "never", "security.workspace.trust.banner": "never" };
  return withCodeServer({ ...run, host: "restricted", flags: [], settings }, async ({ checks, bench, demo, shot }) => {
    await checks.check("an untrusted folder is listed", async () => {
      await bench.openHeadfast();
      await bench.see("sends X-API-Key, 14 characters, .mcp.json:7");
    });
    await checks.check("an untrusted folder cannot be connected", async () => {
      await bench.page.getByText("Servers are listed and not contacted").first().waitFor({ timeout: 5000 });
      await bench.row("test-server-http").hover();
      const connect = bench.row("test-server-http").locator(".action-item:not(.disabled)").getByRole("button", { name: "Connect" });
      same(await connect.count(), 0);
      same(demo.requests, []);
    });
    await shot("listed");
  });
}

async function withCodeServer(run, use) {
  run.checks.group(run.host);
  const { install = (code) => code.installPacked(run.vsix) } = run;
  const demo = await startDemo();
  const code = new VSCode(run.cache, run.work);
  try {
    await code.prepare(run.settings);
    await install(code);
    await code.writeConfig(reportConfig(demo.origin));
    await inPage(run, await code.start(run.flags), (stage) =>
      use({ ...stage, demo, headfast: run.headfast, setConfig: (text) => code.writeConfig(text), readLog: () => code.log() }),
    );
    if (run.checks.broken) await code.keepLogs(`${run.artefacts}/vscode-${run.host}-logs`);
  } finally {
    await code.stop();
    await demo.close();
  }
}

async function inPage(run, url, use) {
  const context = await run.browser.newContext({ viewport: { width: 1280, height: 800 }, colorScheme: "light" });
  try {
    const page = await context.newPage();
    const foreign = watchForeign(page);
    const bench = new Workbench(page);
    await run.checks.check("the workbench opens", () => bench.open(url));
    await use({ checks: run.checks, bench, foreign, from: run.from, shot: shots(page, run.artefacts, run.host) });
    if (run.checks.broken) await keepFailure(page, run.artefacts, run.host);
  } finally {
    await context.close();
  }
}
