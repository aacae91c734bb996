import { INTERNAL_ERROR, METHOD_NOT_FOUND, Refusal } from "./answerers.js";
import type { Make } from "./answerers.js";
import { text } from "./errors.js";
import { fromJson, toJson } from "./json.js";
import type { Json } from "./mcp.js";
import type { Answer, Ask, Input } from "./msg.gen.js";

/** The most characters of an error's message that the server is told. */
const MAX_MESSAGE = 200;

interface Open {
  session: number;
  controller: AbortController;
}

/** Asks are the server's questions under way: each has exactly one Answer, unless it is taken back. */
export class Asks {
  private readonly open = new Map<number, Open>();

  constructor(private readonly push: (input: Input) => void) {}

  /** ask has a question answered; where there is nobody to answer it, it is refused. */
  ask(ask: Ask, make: Make | undefined): void {
    const open = { session: ask.session, controller: new AbortController() };
    this.open.set(ask.id, open);
    void this.answer(ask, make, open);
  }

  /** withdraw takes a question back. */
  withdraw(id: number): void {
    const open = this.open.get(id);
    this.open.delete(id);
    open?.controller.abort(new Error("The server needs the answer no more"));
  }

  /** endSession takes back what a session asked; without one, what all did. */
  endSession(session?: number): void {
    for (const [id, open] of [...this.open]) {
      if (session === undefined || open.session === session) this.withdraw(id);
    }
  }

  private async answer(ask: Ask, make: Make | undefined, open: Open): Promise<void> {
    const answer = await answerOf(ask, make, open.controller.signal);
    if (this.open.get(ask.id) !== open) return;
    this.open.delete(ask.id);
    this.push({ answer });
  }
}

async function answerOf(ask: Ask, make: Make | undefined, signal: AbortSignal): Promise<Answer> {
  const { id, server, method } = ask;
  try {
    if (make === undefined) throw new Refusal(METHOD_NOT_FOUND, `${method} is not supported`);
    const result = await make(fromJson(ask.params), { server, signal });
    if (typeof result !== "object" || result === null) throw new TypeError("the answer is no object");
    return { id, result: toJson(result as Json), code: 0, message: "" };
  } catch (e) {
    const code = e instanceof Refusal ? e.code : INTERNAL_ERROR;
    return { id, result: toJson(undefined), code, message: text(e).slice(0, MAX_MESSAGE) };
  }
}
