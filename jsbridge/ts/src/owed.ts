import { failureOf } from "./host-error.js";
import type { HostFailure } from "./host-error.js";
import { failure } from "./http.js";
import { FAIL_ABORTED } from "./msg.gen.js";
import type { Failure } from "./msg.gen.js";

/** Hands over an effect's one answer: a value, or why there is none. */
export type Settle<T> = (id: number, value: T | undefined, failed: Failure | undefined) => void;

/** Makes an answer; the signal says that it is wanted no more. */
export type Work<T> = (signal: AbortSignal) => T | Promise<T>;

/** Owed are the effects of one kind that wait for their one answer, which each gets, whatever makes it. */
export class Owed<T> {
  private readonly open = new Map<number, AbortController>();
  private closed = false;

  constructor(private readonly settle: Settle<T>) {}

  /** answer has `work` make the answer; what it throws is a failure of `kind`, or of a HostError's own. */
  answer(id: number, kind: HostFailure, work: Work<T>): void {
    const controller = new AbortController();
    this.open.set(id, controller);
    if (this.closed) {
      this.abort(id);
      return;
    }
    const made = (value: T): void => this.take(id, controller, value, undefined);
    const failed = (e: unknown): void => this.take(id, controller, undefined, failureOf(e, kind));
    try {
      const value = work(controller.signal);
      if (value instanceof Promise) value.then(made, failed);
      else made(value);
    } catch (e) {
      failed(e);
    }
  }

  /** abort answers at once that it was given up; what has its answer is left alone. */
  abort(id: number): void {
    const controller = this.open.get(id);
    if (controller === undefined) return;
    this.take(id, controller, undefined, failure(FAIL_ABORTED, "aborted", false));
    controller.abort();
  }

  /** close gives up on all that is under way, and on what is asked later. */
  close(): void {
    this.closed = true;
    for (const id of [...this.open.keys()]) this.abort(id);
  }

  private take(id: number, controller: AbortController, value: T | undefined, failed: Failure | undefined): void {
    if (this.open.get(id) !== controller) return;
    this.open.delete(id);
    this.settle(id, value, failed);
  }
}
