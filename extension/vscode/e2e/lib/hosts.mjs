// The hosts in which the extension is tried. start gives where a folder is opened (url), what the server learns of where
// requests come from (from), the home of the person where there is one, and the log.
import { mkdir } from "node:fs/promises";
import { serveStatic } from "./static.mjs";
import { VSCode } from "./vscode.mjs";

const QUIET = { "security.workspace.trust.startupPrompt": "never", "security.workspace.trust.banner": "never" };

export const HOSTS = [
  // A real Node host, in folders that the person trusts.
  { name: "desktop", from: "", start: (run) => codeServer(run, ["--disable-workspace-trust"], {}, (code) => code.installPacked(run.vsix)) },
  // Only the browser's half of the extension: it then runs in a real web worker, beside a server with the files.
  {
    name: "worker", from: " from a page",
    start: (run) => codeServer(run, ["--disable-workspace-trust"], {}, (code) => code.installWebHalf(run.source)),
  },
  // VS Code without any server: the folder is a virtual one.
  { name: "static", from: " from a page", start: (run) => serveStatic(run) },
  // Folders that the person did not trust.
  { name: "restricted", from: "", start: (run) => codeServer(run, [], QUIET, (code) => code.installPacked(run.vsix)) },
];

async function codeServer({ cache, work, folders }, flags, settings, install) {
  await mkdir(folders, { recursive: true });
  const code = new VSCode(cache, work);
  await code.prepare(settings);
  await install(code);
  const origin = await code.start(flags);
  return {
    folders,
    home: code.home,
    url: (folder) => `${origin}/?folder=${encodeURIComponent(folder)}`,
    logs: () => code.logs(),
    keepLogs: (to) => code.keepLogs(to),
    stop: () => code.stop(),
  };
}
