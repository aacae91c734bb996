/** What differs between the hosts that run the extension: Node beside the files, or a worker in the browser. */
import type { CoreClient, Hooks } from "./core/client.js";

export interface Host {
  /** Whether this is the browser's worker, with fetch under CORS, no process and no files but the workspace's. */
  readonly web: boolean;
  /** "linux", "darwin" or "windows", as the core's survey has it; "" in the browser. */
  readonly os: string;
  /** The person's home folder; undefined where the machine's files are out of reach. */
  readonly home: string | undefined;
  /** A variable of the environment. */
  variable(name: string): string | undefined;
  /** The names of all of them. */
  variables(): string[];
  /** Whether others on this machine can read a file, by its whole path. */
  exposed(path: string): Promise<boolean>;
  /** Opens a core. The module is read here and not before. */
  open(hooks: Hooks): Promise<CoreClient>;
}
