import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { win32 } from "node:path";

/** On POSIX a child leads a process group of its own, which one signal reaches as a whole. */
export const detached = process.platform !== "win32";

/** terminate asks a process and what it started to end; on Windows nothing can be asked, it ends them. */
export function terminate(child: ChildProcess): void {
  if (detached) signalGroup(child, "SIGTERM");
  else endTree(child);
}

/** kill ends a process and what it started. */
export function kill(child: ChildProcess): void {
  if (detached) signalGroup(child, "SIGKILL");
  else endTree(child);
}

/** A group whose leader is gone still has its number while anyone is in it; else there is nobody to tell. */
function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    // ESRCH: nobody is left; EPERM (macOS): only zombies are
  }
}

/** taskkill finds a tree by its root, so it is of no use once the root is gone. */
function endTree(child: ChildProcess): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const taskkill = win32.join(process.env["SYSTEMROOT"] ?? "C:\\Windows", "System32", "taskkill.exe");
  const killer = spawn(taskkill, ["/PID", String(child.pid), "/T", "/F"], { stdio: "ignore", windowsHide: true });
  killer.on("error", () => child.kill());
}
