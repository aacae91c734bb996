import type { CoreExports } from "../src/instance.js";
import { SCHEMA_HASH, VERSION, decodeBatch, encodeOutput } from "../src/msg.gen.js";
import type { Batch, Effect, Hello, Output } from "../src/msg.gen.js";
import { decode, encode } from "../src/pack.js";

export const HELLO: Hello = { version: VERSION, schema: SCHEMA_HASH, build: "fake", dialects: [] };

/** What a fake core answers to one batch: an output, or bytes as they are. */
export type Answer = Partial<Output> | Uint8Array;

/** FakeCore has the module's exports; its memory grows, and so detaches its buffer, in every call. */
export class FakeCore implements CoreExports {
  readonly batches: Batch[] = [];
  readonly mem = new WebAssembly.Memory({ initial: 1, maximum: 10_000 });
  private depth = 0;
  private intake = 0;

  constructor(private readonly answer: (batch: Batch, n: number) => Answer) {}

  alloc(n: number): number {
    this.intake = this.mem.grow(2 + Math.ceil(n / 65_536)) * 65_536 + 8;
    return this.intake;
  }

  step(n: number): bigint {
    if (this.depth > 0) throw new Error("a step inside a step");
    this.depth++;
    const batch = decode(decodeBatch, new Uint8Array(this.mem.buffer, this.intake, n).slice());
    this.batches.push(batch);
    const answer = this.answer(batch, this.batches.length - 1);
    const bytes = answer instanceof Uint8Array ? answer : output(answer, this.batches.length === 1);
    const at = this.mem.grow(1 + Math.ceil(bytes.length / 65_536)) * 65_536;
    new Uint8Array(this.mem.buffer, at, bytes.length).set(bytes);
    this.depth--;
    new Uint8Array(this.mem.buffer)[this.intake - 8] = 1; // the step came to its end
    return BigInt.asIntN(64, (BigInt(at) << 32n) | BigInt(bytes.length));
  }

  /** Every input of every batch after the greeting. */
  get inputs(): Batch["inputs"] {
    return this.batches.slice(1).flatMap((b) => b.inputs);
  }
}

function output(answer: Partial<Output>, first: boolean): Uint8Array {
  const hello = first ? HELLO : undefined;
  return encode(encodeOutput, { hello, deadline: 0, effects: [], error: undefined, ...answer });
}

/** http is an HTTP effect. */
export function http(id: number): Effect {
  return {
    http: { id, session: 1, method: "POST", url: "http://127.0.0.1/", headers: [], body: new Uint8Array(0), guarded: false },
  };
}

/** turns lets microtasks and the timers that are due run. */
export function turns(ms = 0): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
