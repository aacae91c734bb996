/** What the page shows, as one value. */
import type { Explained, Problem, Server, Tool } from "./core.js";

export type Connection =
  | { phase: "idle" }
  | { phase: "connecting"; server: string }
  | { phase: "ready"; server: string; tools: Tool[] }
  | { phase: "failed"; server: string; problem: Problem };

export interface Variable {
  name: string;
  set: boolean;
}

export interface View {
  servers: Server[];
  problems: Problem[];
  explained: Explained | undefined;
  variables: Variable[];
  connection: Connection;
}
