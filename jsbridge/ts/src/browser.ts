import { spawn } from "node:child_process";
import { win32 } from "node:path";
import { commandPath } from "./command-path.js";
import { runnable } from "./runnable.js";

/** How long it is watched whether a browser starts, in milliseconds: some commands end with the browser only. */
const WATCH_MS = 2_000;

/**
 * openBrowser has the system's browser show a page. The URL is one argument of a program: no shell reads it, nor
 * cmd.exe, to which & and % mean something.
 *
 * @param url - one that is `openable`
 * @throws Error where no browser could be started
 */
export async function openBrowser(url: string): Promise<void> {
  const [command, ...args] = browserCommand(process.platform, process.env);
  const child = spawn(command, [...args, url], { stdio: "ignore", detached: true, windowsHide: true });
  child.unref();
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(resolve, WATCH_MS);
    child.on("error", reject);
    child.on("exit", (code) => {
      clearTimeout(timer);
      if (code === 0) resolve();
      else reject(new Error(`no browser could be started: ${command} ended with ${code ?? "a signal"}`));
    });
  });
}

/** @throws Error where there is no such program */
export function browserCommand(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): [string, ...string[]] {
  if (platform === "darwin") return ["/usr/bin/open"];
  if (platform === "win32") {
    return [win32.join(env["SYSTEMROOT"] ?? "C:\\Windows", "System32", "rundll32.exe"), "url.dll,FileProtocolHandler"];
  }
  const found = commandPath("xdg-open", { PATH: env["PATH"] ?? "" }, "/", false, runnable);
  if (found === undefined) throw new Error("there is no xdg-open to start a browser with");
  return [found];
}
