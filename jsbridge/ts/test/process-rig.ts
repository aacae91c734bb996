import { spawnSync } from "node:child_process";
import type { Env } from "../src/driver.js";
import type { Failure, Spawn } from "../src/msg.gen.js";
import { NodeProcesses } from "../src/process-node.js";
import type { ProcessHandle, ProcessSink } from "../src/processes.js";

const host: Env = (name) => process.env[name];

/** Running is a process under test and all that its sink was told. */
export class Running implements ProcessSink {
  readonly handle: ProcessHandle;
  readonly ended: Promise<Failure | undefined>;
  out = "";
  err = "";
  ends = 0;
  /** Holds back the promise of every piece, as a core that does not come to step. */
  gate: Promise<void> = Promise.resolve();
  pieces = 0;
  private resolve: (failure: Failure | undefined) => void = () => undefined;
  private waiting: { text: string; resolve: () => void } | undefined;

  constructor(effect: Partial<Spawn>, env: Env = host, processes = new NodeProcesses()) {
    this.ended = new Promise((resolve) => {
      this.resolve = resolve;
    });
    this.handle = processes.start(
      { id: 1, session: 1, command: process.execPath, args: [], env: [], dir: "", ...effect }, env, this,
    );
  }

  stdout(data: Uint8Array): Promise<void> {
    this.out += Buffer.from(data).toString();
    this.pieces++;
    if (this.waiting !== undefined && this.out.includes(this.waiting.text)) this.waiting.resolve();
    return this.gate;
  }

  stderr(data: Uint8Array): Promise<void> {
    this.err += Buffer.from(data).toString();
    this.pieces++;
    return this.gate;
  }

  end(failure?: Failure): void {
    this.ends++;
    this.resolve(failure);
  }

  /** says resolves when the output has a text. */
  says(text: string): Promise<void> {
    return new Promise((resolve) => {
      if (this.out.includes(text)) resolve();
      else this.waiting = { text, resolve };
    });
  }

  write(text: string): void {
    this.handle.write(Buffer.from(text));
  }
}

/** node runs a program in Node. */
export function node(code: string, effect: Partial<Spawn> = {}, env?: Env): Running {
  return new Running({ args: ["-e", code], ...effect }, env);
}

/** alive says whether a process runs: one that is dead and that nobody has waited for does not. */
export function alive(pid: number): boolean {
  const { stdout } = spawnSync("ps", ["-o", "stat=", "-p", String(pid)], { encoding: "utf8" });
  return stdout.trim() !== "" && !stdout.startsWith("Z");
}

/** gone waits a second for a process to end. */
export async function gone(pid: number): Promise<boolean> {
  for (let i = 0; i < 50 && alive(pid); i++) await new Promise((resolve) => setTimeout(resolve, 20));
  return !alive(pid);
}
