import type { Env } from "./driver.js";
import { text } from "./errors.js";
import { failure } from "./http.js";
import { FAIL_ABORTED, FAIL_SPAWN, FAIL_UNSUPPORTED } from "./msg.gen.js";
import type { Failure, Input, Spawn, Stop, Write } from "./msg.gen.js";
import { PIECE } from "./pieces.js";
import type { ProcessDriver, ProcessHandle, ProcessSink } from "./processes.js";

/** What the children need of the driver that they belong to. */
export interface ChildrenOptions {
  /** Without one, no process can be started. */
  processes: ProcessDriver | undefined;
  env: Env;
  push: (input: Input) => void;
  /** Resolves when all that was pushed has been stepped. */
  stepped: () => Promise<void>;
}

/** Children are the processes under way. Each ends in exactly one End, whatever the process driver does. */
export class Children {
  private readonly open = new Map<number, Child>();
  private closed = false;

  constructor(private readonly options: ChildrenOptions) {}

  start(effect: Spawn): void {
    const { processes, env } = this.options;
    const child = new Child(effect.id, this.options, () => this.open.delete(effect.id));
    this.open.set(effect.id, child);
    if (processes === undefined) child.end(failure(FAIL_UNSUPPORTED, "this host cannot start processes", false));
    else if (this.closed) child.end(failure(FAIL_ABORTED, "the driver is closed", false));
    else child.start(processes, effect, env);
  }

  /** write to a process that is gone is nothing: its End tells. */
  write(effect: Write): void {
    this.open.get(effect.id)?.handle?.write(effect.data);
  }

  stop(effect: Stop): void {
    this.open.get(effect.id)?.handle?.stop(effect.how);
  }

  /** close ends all that is under way and kills it; what is started later ends at once. */
  close(): void {
    if (this.closed) return;
    this.closed = true;
    for (const child of [...this.open.values()]) child.end(failure(FAIL_ABORTED, "the driver was closed", true));
    this.options.processes?.close();
  }
}

class Child implements ProcessSink {
  handle: ProcessHandle | undefined;
  private ended = false;

  constructor(
    private readonly id: number,
    private readonly options: ChildrenOptions,
    private readonly forget: () => void,
  ) {}

  start(processes: ProcessDriver, effect: Spawn, env: Env): void {
    try {
      this.handle = processes.start(effect, env, this);
    } catch (e) {
      this.end(failure(FAIL_SPAWN, text(e), false));
    }
  }

  stdout(data: Uint8Array): Promise<void> {
    return this.pass(data, (piece) => ({ body: { id: this.id, data: piece } }));
  }

  stderr(data: Uint8Array): Promise<void> {
    return this.pass(data, (piece) => ({ stderr: { id: this.id, data: piece } }));
  }

  end(failed?: Failure): void {
    if (this.ended) return;
    this.ended = true;
    this.forget();
    this.options.push({ end: { id: this.id, failure: failed } });
  }

  private async pass(data: Uint8Array, input: (piece: Uint8Array) => Input): Promise<void> {
    if (this.ended) return;
    for (let at = 0; at < data.length; at += PIECE) this.options.push(input(data.subarray(at, at + PIECE)));
    await this.options.stepped();
  }
}
