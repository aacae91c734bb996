import { accessSync, constants, statSync } from "node:fs";

/** runnable says whether there is such a file, and that it can be run. */
export function runnable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
