import type { Input } from "./msg.gen.js";

/** One batch takes no more inputs and, roughly, no more bytes than this; the rest waits for the next. */
const MAX_INPUTS = 4096;
const MAX_BYTES = 8 << 20;

/** Intake is the queue before the core: what is pending goes into one batch, in order. */
export class Intake {
  private queue: Input[] = [];

  get empty(): boolean {
    return this.queue.length === 0;
  }

  push(input: Input): void {
    this.queue.push(input);
  }

  /** take removes the next batch's inputs. */
  take(): Input[] {
    let bytes = 0;
    let n = 0;
    while (n < this.queue.length && n < MAX_INPUTS && bytes < MAX_BYTES) {
      bytes += weight(this.queue[n] as Input);
      n++;
    }
    if (n === this.queue.length) {
      const all = this.queue;
      this.queue = [];
      return all;
    }
    return this.queue.splice(0, n);
  }

  clear(): void {
    this.queue = [];
  }
}

function weight(input: Input): number {
  const bytes =
    (input.body ?? input.stderr)?.data ?? (input.request ?? input.notify)?.params ?? input.answer?.result ??
    input.load?.text ?? input.connect?.capabilities ?? input.stored?.value;
  return bytes?.length ?? 0;
}
