import { defect, text } from "./errors.js";
import type { HeadfastError } from "./errors.js";
import type { GoConstructor } from "./go-runtime.js";

/** The module's exports, as jsbridge/bridge_js.go has them. */
export interface CoreExports {
  /** The address of an intake of n bytes. */
  alloc(n: number): number;
  /** Takes n bytes of the intake; answers `address << 32 | length` of the output. */
  step(n: number): bigint;
  readonly mem: { readonly buffer: ArrayBufferLike };
}

/** A byte this far before the intake is 1 once a step came to its end: a step that blocks hands back garbage. */
const MARK = 8;

/**
 * One running module. After a panic Go runs `exit` first and the export then returns garbage, so the
 * latch is looked at after every call, and a dead instance takes no more.
 */
export class Instance {
  private dead: HeadfastError | undefined;

  constructor(private readonly exports: CoreExports) {}

  /** start instantiates a compiled module with Go's runtime, without arguments or environment. */
  static async start(module: WebAssembly.Module, Go: GoConstructor): Promise<Instance> {
    const go = new Go();
    go.argv = [];
    go.env = {};
    const wasm = await WebAssembly.instantiate(module, go.importObject);
    const instance = new Instance(wasm.exports as unknown as CoreExports);
    go.exit = (code) => instance.kill(`the Go program ended with code ${code}`);
    go.run(wasm).catch((e: unknown) => instance.kill(text(e), e));
    instance.check();
    return instance;
  }

  /** Why the instance takes no more steps; undefined while it lives. */
  get death(): HeadfastError | undefined {
    return this.dead;
  }

  /**
   * step hands over one encoded Batch and returns the encoded Output, in a buffer of its own.
   *
   * @throws HeadfastError HF900 once the instance is dead.
   */
  step(batch: Uint8Array): Uint8Array {
    this.check();
    try {
      return this.cross(batch);
    } catch (e) {
      this.kill(text(e), e);
      throw this.dead;
    }
  }

  /** kill latches the first reason; whoever holds the instance learns it from the next call. */
  kill(why: string, cause?: unknown): void {
    this.dead ??= defect("The core stopped", why, cause);
  }

  private cross(batch: Uint8Array): Uint8Array {
    const intake = this.exports.alloc(batch.length) >>> 0;
    this.check();
    if (intake === 0) throw new RangeError(`a batch of ${batch.length} bytes is refused`);
    // Memory may have grown in either call: a view of the old buffer would be detached.
    new Uint8Array(this.exports.mem.buffer, intake, batch.length).set(batch);
    const answer = BigInt.asUintN(64, this.exports.step(batch.length));
    this.check();
    if (new Uint8Array(this.exports.mem.buffer)[intake - MARK] !== 1) throw new Error("a step blocked, which it must never do");
    const size = Number(answer & 0xffff_ffffn);
    return new Uint8Array(this.exports.mem.buffer, Number(answer >> 32n), size).slice();
  }

  private check(): void {
    if (this.dead !== undefined) throw this.dead;
  }
}
