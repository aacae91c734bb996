import { posix, win32 } from "node:path";

/** Says whether there is such a file, and that it can be run. */
export type Runnable = (path: string) => boolean;

const WINDOWS_ENDINGS = ".COM;.EXE;.BAT;.CMD";

/**
 * commandPath finds the file behind a command, in the PATH that the process itself gets. The folder to start in is
 * not searched for a bare name, nor are parts of PATH that are not absolute: a project's npx would take npx's
 * place. Undefined where there is no such file.
 *
 * @param dir - an absolute path
 */
export function commandPath(
  command: string, env: Record<string, string>, dir: string, windows: boolean, runnable: Runnable,
): string | undefined {
  const { resolve, isAbsolute, delimiter } = windows ? win32 : posix;
  const bare = !(windows ? /[\\/:]/ : /\//).test(command);
  const folders = bare ? variable(env, "PATH", windows).split(delimiter).filter((folder) => isAbsolute(folder)) : [dir];
  const endings = windows ? windowsEndings(command, env) : [""];
  return folders.flatMap((folder) => endings.map((ending) => resolve(folder, command + ending))).find(runnable);
}

/** A name that has one of the endings of programs stands for itself. */
function windowsEndings(command: string, env: Record<string, string>): string[] {
  const endings = (variable(env, "PATHEXT", true) || WINDOWS_ENDINGS).split(";").filter((ending) => ending !== "");
  return endings.some((ending) => command.toLowerCase().endsWith(ending.toLowerCase())) ? [""] : endings;
}

/** variable is a variable's value, or empty; Windows knows it by any case of its name. */
export function variable(env: Record<string, string>, name: string, windows: boolean): string {
  const found = Object.keys(env).find((key) => key === name || (windows && key.toUpperCase() === name));
  return found === undefined ? "" : (env[found] ?? "");
}
