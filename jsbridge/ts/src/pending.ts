import { CODE_CANCELLED, HeadfastError, defect, reason } from "./errors.js";
import type { Outcome } from "./errors.js";
import type { Accounts, Done, Explained, Exported, Findings, Input, Loaded, Places, Probed, Translated } from "./msg.gen.js";

/** What can answer an input that carries an id. */
export type Answer =
  | { done: Done } | { loaded: Loaded } | { places: Places } | { explained: Explained } | { findings: Findings }
  | { accounts: Accounts } | { exported: Exported } | { translated: Translated } | { probed: Probed };

interface Waiter {
  resolve(answer: Answer): void;
  reject(why: unknown): void;
}

/** Pending are the inputs that wait for their one answer, by id. */
export class Pending {
  private readonly waiters = new Map<number, Waiter>();
  private next = 1;
  private ended: HeadfastError | undefined;

  constructor(private readonly push: (input: Input) => void) {}

  /** id is a fresh id of this driver's: configurations, sessions and requests share the numbers. */
  id(): number {
    return this.next++;
  }

  /** ask pushes an input and waits for what answers its id. */
  ask(id: number, input: Input): Promise<Answer> {
    if (this.ended !== undefined) return Promise.reject(this.ended);
    return new Promise((resolve, reject) => {
      this.waiters.set(id, { resolve, reject });
      this.push(input);
    });
  }

  /** settle gives an answer to whoever waits for it; a second one, or one nobody waits for, is dropped. */
  settle(id: number, answer: Answer): void {
    const waiter = this.waiters.get(id);
    this.waiters.delete(id);
    waiter?.resolve(answer);
  }

  /** end rejects everything pending, once, and everything asked later, with one error. */
  end(why: HeadfastError): void {
    this.ended ??= why;
    const waiting = [...this.waiters.values()];
    this.waiters.clear();
    for (const waiter of waiting) waiter.reject(this.ended);
  }

  /**
   * request asks for a Done that has a result; a signal cancels it.
   *
   * @throws HeadfastError with the outcome, where there is no result
   */
  async request(id: number, input: Input, signal?: AbortSignal | undefined): Promise<Done> {
    return succeeded(await this.cancellable(id, input, signal), signal);
  }

  /** probe asks for a Probed; a signal cancels it. */
  async probe(id: number, input: Input, signal?: AbortSignal | undefined): Promise<Probed> {
    const answer = await this.cancellable(id, input, signal);
    if ("probed" in answer) return answer.probed;
    throw defect("The core answered something else", succeeded(answer, signal).outcome);
  }

  private async cancellable(id: number, input: Input, signal: AbortSignal | undefined): Promise<Answer> {
    if (signal?.aborted === true) throw cancelled(signal);
    const cancel = (): void => this.push({ cancel: { id, reason: "cancelled by the caller" } });
    signal?.addEventListener("abort", cancel, { once: true });
    try {
      return await this.ask(id, input);
    } finally {
      signal?.removeEventListener("abort", cancel);
    }
  }
}

function succeeded(answer: Answer, signal: AbortSignal | undefined): Done {
  if (!("done" in answer)) throw defect("The core answered something else", Object.keys(answer).join());
  const { outcome, error } = answer.done;
  if (outcome === "result") return answer.done;
  const cause: unknown = outcome === "cancelled" && signal?.aborted === true ? signal.reason : undefined;
  if (error !== undefined) throw new HeadfastError(error, outcome as Outcome, cause);
  if (outcome === "cancelled") throw cancelled(signal);
  throw defect("The core gave no reason", `outcome ${outcome}`);
}

function cancelled(signal: AbortSignal | undefined): HeadfastError {
  return new HeadfastError(reason(CODE_CANCELLED, "caller", "The request was cancelled"), "cancelled", signal?.reason);
}
