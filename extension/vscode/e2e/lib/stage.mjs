// One scenario in one host: a folder, a demo server and a window of its own.
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { watchForeign } from "../../../../web/e2e/lib/browser.mjs";
import { startDemo } from "../../../../web/e2e/lib/demo.mjs";
import { same } from "./same.mjs";
import { Workbench } from "./workbench.mjs";

// A scenario's run gets: checks, bench (the workbench), page, demo (the server), folder and home (write, remove and path;
// home is undefined where there is none), setConfig (the folder's .mcp.json), shot (screenshots, light and dark), readLog,
// host (its name), from (what the server learns of where requests come from), headfast (the command line).
export async function play(run, scenario) {
  const { checks, host, running } = run;
  const name = `${host.name}-${scenario.name}`;
  checks.group(`${host.name}: ${scenario.name}`);
  const demo = await startDemo();
  const folder = filesIn(path.join(running.folders, scenario.name));
  const home = running.home && filesIn(running.home);
  const before = new Set(await running.logs());
  const context = await run.browser.newContext({ viewport: { width: 1280, height: 800 }, colorScheme: "light" });
  try {
    await mkdir(folder.path, { recursive: true });
    for (const [at, texts] of [[folder, scenario.files?.(demo)], [home, home && scenario.home?.(demo)]]) {
      for (const [file, text] of Object.entries(texts ?? {})) await at.write(file, text);
    }
    const page = await context.newPage();
    const said = [];
    page.on("console", (message) => said.push(`${message.type()}: ${message.text()}`));
    const foreign = watchForeign(page);
    const bench = new Workbench(page);
    const stage = {
      checks, bench, page, demo, folder, home, host: host.name, from: host.from, headfast: run.headfast,
      setConfig: (text) => folder.write(".mcp.json", text),
      shot: shots(page, run.artefacts, name),
      readLog: () => newText(running, before),
    };
    await checks.check("the workbench opens", () => bench.open(running.url(folder.path)));
    await scenario.run(stage);
    await checks.check("the workbench asked no other host", () => same(foreign, []));
    if (checks.broken) await keepFailure(page, run.artefacts, name, said);
    if (checks.broken) await running.keepLogs(`${run.artefacts}/vscode-${name}-logs`);
  } finally {
    await context.close();
    await home?.clear();
    await demo.close();
  }
}

function filesIn(root) {
  const written = new Set();
  const at = (file) => path.join(root, file);
  return {
    path: root,
    write: async (file, text) => {
      written.add(file);
      await mkdir(path.dirname(at(file)), { recursive: true });
      await writeFile(at(file), text);
    },
    remove: (file) => rm(at(file), { recursive: true }),
    clear: () => Promise.all([...written].map((file) => rm(at(file), { force: true }))),
  };
}

function shots(page, folder, name) {
  return async (what) => {
    for (const scheme of ["dark", "light"]) {
      await page.emulateMedia({ colorScheme: scheme });
      await page.locator(scheme === "dark" ? ".monaco-workbench.vs-dark" : ".monaco-workbench.vs").waitFor({ timeout: 10000 });
      await page.waitForTimeout(300); // the theme's colours fade in
      await page.screenshot({ path: `${folder}/vscode-${name}-${what}-${scheme}.png` });
    }
  };
}

async function keepFailure(page, folder, name, said) {
  await page.screenshot({ path: `${folder}/vscode-${name}-failed.png` });
  await writeFile(`${folder}/vscode-${name}-failed.txt`, await page.locator(".monaco-workbench").innerText());
  await writeFile(`${folder}/vscode-${name}-console.txt`, said.join("\n"));
}

async function newText(running, before) {
  const files = (await running.logs()).filter((file) => !before.has(file));
  return (await Promise.all(files.map((file) => readFile(file, "utf8")))).join("");
}
