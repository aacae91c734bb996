import type { Env } from "./driver.js";
import type { Header } from "./msg.gen.js";

const POSIX = ["HOME", "LOGNAME", "PATH", "SHELL", "TERM", "USER", "LANG", "LC_ALL", "LC_CTYPE", "TMPDIR", "TZ"];
const WINDOWS = [
  "APPDATA", "COMSPEC", "HOMEDRIVE", "HOMEPATH", "LOCALAPPDATA", "PATH", "PATHEXT", "PROCESSOR_ARCHITECTURE",
  "PROGRAMDATA", "PROGRAMFILES", "SYSTEMDRIVE", "SYSTEMROOT", "TEMP", "TMP", "USERNAME", "USERPROFILE", "WINDIR",
];

/**
 * processEnv is the whole environment of a process: the variables of `env` that the platform needs, and what is
 * configured over them. A token in the host's environment thus reaches no server that was not given it.
 */
export async function processEnv(env: Env, configured: Header[], windows: boolean): Promise<Record<string, string>> {
  const names = windows ? WINDOWS : POSIX;
  const values = await Promise.all(names.map((name) => lookUp(env, name)));
  const result = new Map<string, string>();
  names.forEach((name, i) => {
    const value = values[i];
    // "()" begins a function that an old bash exported: it would be run, not read.
    if (value !== undefined && !value.startsWith("()")) result.set(name, value);
  });
  for (const { name, value } of configured) {
    // Windows knows one variable by any case of its name, and Node would take the first of several.
    if (windows) for (const key of result.keys()) if (key.toUpperCase() === name.toUpperCase()) result.delete(key);
    result.set(name, value);
  }
  return Object.fromEntries(result);
}

/** Who cannot look has not found. */
async function lookUp(env: Env, name: string): Promise<string | undefined> {
  try {
    return await env(name);
  } catch {
    return undefined;
  }
}
