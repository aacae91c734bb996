/** Time, so that tests can have their own. */
import type { Disposable } from "./emitter.js";

export interface Clock {
  /** Milliseconds since the Unix epoch. */
  now(): number;
  /** Runs something once, in so many milliseconds, unless it is disposed of before. */
  after(ms: number, run: () => void): Disposable;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms);
    return { dispose: () => clearTimeout(timer) };
  },
};

/** Settles runs something when no more has come for a while: an editor saves a file in several steps. */
export class Settled implements Disposable {
  #waiting: Disposable | undefined;

  constructor(
    private readonly clock: Clock,
    private readonly ms: number,
    private readonly run: () => void,
  ) {}

  touch(): void {
    this.#waiting?.dispose();
    this.#waiting = this.clock.after(this.ms, this.run);
  }

  dispose(): void {
    this.#waiting?.dispose();
  }
}
