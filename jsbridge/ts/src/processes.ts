import type { Env } from "./driver.js";
import type { Failure, Spawn } from "./msg.gen.js";

/** Where a ProcessDriver puts what a process writes: any number of pieces, one end. */
export interface ProcessSink {
  /**
   * A piece of its standard output. The sink keeps the bytes; do not reuse them. The promise resolves when the
   * core has seen the piece: read no more before, so that a process cannot outrun the core.
   */
  stdout(data: Uint8Array): Promise<void>;
  /** A piece of its standard error; as {@link stdout}. */
  stderr(data: Uint8Array): Promise<void>;
  /** The process is gone and its output drained, or it never started. Calls after the first are ignored. */
  end(failure?: Failure): void;
}

/** A process that was asked for; it may still be starting. */
export interface ProcessHandle {
  /** write hands bytes to its standard input, in order. */
  write(data: Uint8Array): void;
  /** stop ends it: `how` is one of the STOP constants. The sink's end still comes. */
  stop(how: string): void;
}

/** ProcessDriver performs Spawn effects. */
export interface ProcessDriver {
  /**
   * start starts a process, without a shell, with Spawn.env and those variables of `env` that the platform
   * needs. That it cannot be started is an end of kind "spawn", not an exception.
   */
  start(effect: Spawn, env: Env, sink: ProcessSink): ProcessHandle;
  /** close kills what is left, at once. */
  close(): void;
}
