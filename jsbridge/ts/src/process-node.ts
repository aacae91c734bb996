import { spawn } from "node:child_process";
import type { ChildProcess, ChildProcessWithoutNullStreams } from "node:child_process";
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { Readable } from "node:stream";
import { commandPath } from "./command-path.js";
import type { Env } from "./driver.js";
import { text } from "./errors.js";
import { failure } from "./http.js";
import { FAIL_ABORTED, FAIL_EXIT, FAIL_LIMIT, FAIL_SPAWN, STOP_CLOSE, STOP_KILL, STOP_TERMINATE } from "./msg.gen.js";
import type { Failure, Spawn } from "./msg.gen.js";
import { processEnv } from "./process-env.js";
import { detached, kill, terminate } from "./process-kill.js";
import type { ProcessDriver, ProcessHandle, ProcessSink } from "./processes.js";
import { runnable } from "./runnable.js";
import { windowsCommand } from "./windows-command.js";

const WINDOWS = process.platform === "win32";
/** How long the output of a process that is gone may be held open by what it started, in milliseconds. */
const DRAIN_MS = 2_000;
/** How many bytes may wait for a process that does not read. */
const MAX_QUEUE = 64 << 20;

/**
 * NodeProcesses starts processes with node:child_process, without a shell. On POSIX each leads a process group
 * of its own, so that what it starts ends with it; on Windows its tree is ended by taskkill.
 */
export class NodeProcesses implements ProcessDriver {
  private readonly running = new Set<NodeProcess>();
  private readonly onExit = (): void => this.close();

  start(effect: Spawn, env: Env, sink: ProcessSink): ProcessHandle {
    const started = new NodeProcess(effect, sink, () => this.forget(started));
    // A host that exits without closing the core leaves no process behind.
    if (this.running.size === 0) process.on("exit", this.onExit);
    this.running.add(started);
    void started.start(env);
    return started;
  }

  close(): void {
    for (const each of [...this.running]) each.stop(STOP_KILL);
  }

  private forget(ended: NodeProcess): void {
    this.running.delete(ended);
    if (this.running.size === 0) process.off("exit", this.onExit);
  }
}

class NodeProcess implements ProcessHandle {
  private child: ChildProcessWithoutNullStreams | undefined;
  /** What is written before the process runs. */
  private early: Uint8Array[] = [];
  /** Why it is ended, where that is not its own doing. */
  private why: Failure | undefined;
  private ended = false;
  private wrote = false;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly effect: Spawn,
    private readonly sink: ProcessSink,
    private readonly forget: () => void,
  ) {}

  async start(env: Env): Promise<void> {
    try {
      const variables = await processEnv(env, this.effect.env, WINDOWS);
      if (!this.ended) this.follow(launch(this.effect, variables));
    } catch (e) {
      this.end(failure(FAIL_SPAWN, text(e), false));
    }
  }

  write(data: Uint8Array): void {
    const { child } = this;
    if (child === undefined) {
      this.early.push(data);
      return;
    }
    if (child.stdin.destroyed || child.stdin.writableEnded) return;
    this.wrote = true;
    if (child.stdin.writableLength + data.length <= MAX_QUEUE) child.stdin.write(data);
    else this.giveUp(failure(FAIL_LIMIT, "it did not read its standard input: more than 64 MiB waited", true));
  }

  stop(how: string): void {
    const { child } = this;
    if (child === undefined) this.end(failure(FAIL_ABORTED, "it was stopped before it started", false));
    else if (how === STOP_CLOSE) child.stdin.end();
    else if (how === STOP_TERMINATE) terminate(child);
    else kill(child);
  }

  private follow(child: ChildProcessWithoutNullStreams): void {
    child.on("error", (e) => {
      if (child.pid === undefined) this.end(failure(FAIL_SPAWN, e.message, false));
    });
    if (child.pid === undefined) return; // the error comes, and there may be no streams
    this.child = child;
    child.on("exit", () => {
      this.timer = setTimeout(() => this.gone(child), DRAIN_MS);
    });
    child.on("close", () => this.gone(child));
    child.stdin.on("error", () => undefined); // it reads no more: its end will say why
    pump(child.stdout, (data) => this.sink.stdout(data));
    pump(child.stderr, (data) => this.sink.stderr(data));
    for (const data of this.early.splice(0)) this.write(data);
  }

  private giveUp(why: Failure): void {
    this.why ??= why;
    if (this.child !== undefined) kill(this.child);
  }

  /** The process is gone. What it left behind is killed, and what that still holds open is let go of. */
  private gone(child: ChildProcessWithoutNullStreams): void {
    if (this.ended) return;
    kill(child);
    for (const stream of [child.stdin, child.stdout, child.stderr]) stream.destroy();
    this.end(this.why ?? failure(FAIL_EXIT, ending(child), this.wrote));
  }

  private end(failed: Failure): void {
    if (this.ended) return;
    this.ended = true;
    clearTimeout(this.timer);
    this.forget();
    this.sink.end(failed);
  }
}

/** The errors' words are for people; they quote neither arguments nor variables. */
function launch({ command, args, dir }: Spawn, env: Record<string, string>): ChildProcessWithoutNullStreams {
  const cwd = resolve(dir);
  const words = [command, ...args, ...Object.values(env)];
  if (words.some((word) => word.includes("\0"))) throw new Error("a null byte cannot be passed on");
  if (!existsSync(cwd)) throw new Error(`the folder ${dir} is not there`);
  const file = commandPath(command, env, cwd, WINDOWS, runnable);
  if (file === undefined) throw new Error(`there is no program ${command} that can be run`);
  const options = { env, cwd, stdio: "pipe", detached, windowsHide: true } as const;
  if (!WINDOWS) return spawn(file, args, options);
  const how = windowsCommand(file, args, env);
  return spawn(how.command, how.args, { ...options, windowsVerbatimArguments: how.verbatim });
}

/** One piece at a time: the next is read when the core has seen the last. */
function pump(stream: Readable, take: (data: Uint8Array) => Promise<void>): void {
  stream.on("data", (data: Buffer) => {
    stream.pause();
    void take(data).then(() => stream.resume());
  });
  stream.on("error", () => stream.destroy());
}

function ending(child: ChildProcess): string {
  if (child.signalCode !== null) return `it was ended by ${child.signalCode}`;
  return `it exited with code ${child.exitCode ?? "unknown"}`;
}
