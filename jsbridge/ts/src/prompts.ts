import type { Input, Prompt } from "./msg.gen.js";

/** A value that a configuration wants of a person: what it says of it is the file's own words. */
export type Question = Prompt;

/** What a question comes with. */
export interface QuestionContext {
  /** Aborts when the answer is of no use any more: close the dialog. What is answered then goes nowhere. */
  signal: AbortSignal;
}

/** Asks a person; undefined is "not given". The answer may be a secret: show it nowhere. */
export type Prompter = (question: Question, context: QuestionContext) => string | undefined | Promise<string | undefined>;

/** An answer that is kept, without it. */
export interface KeptInput {
  /** What the store knows it by. */
  key: string;
  /** The input's id. */
  input?: string;
  /** The file that asks for it; whole where its folder is known. */
  file?: string;
  /** The only place where it goes; for a process, what is started, as the file has it. */
  origin?: string;
  /** When it was given, in milliseconds since the Unix epoch. */
  when?: number;
  /** Why it cannot be read. */
  problem?: string;
}

/** Prompts are the questions to a person under way: each has exactly one Prompted, unless it is taken back. */
export class Prompts {
  private readonly open = new Map<number, AbortController>();

  constructor(
    private readonly prompter: Prompter | undefined,
    private readonly push: (input: Input) => void,
  ) {}

  /** ask asks; where there is nobody, and where it fails, no answer is given. */
  ask(prompt: Prompt): void {
    const controller = new AbortController();
    this.open.set(prompt.id, controller);
    void this.answer(prompt, controller);
  }

  /** withdraw takes a question back; one that is not under way is none. */
  withdraw(id: number): void {
    const controller = this.open.get(id);
    this.open.delete(id);
    controller?.abort(new Error("The answer is needed no more"));
  }

  /** end takes all back. */
  end(): void {
    for (const id of [...this.open.keys()]) this.withdraw(id);
  }

  private async answer(prompt: Prompt, controller: AbortController): Promise<void> {
    let value: unknown;
    try {
      value = await this.prompter?.(prompt, { signal: controller.signal });
    } catch {
      // whoever cannot ask has no answer
    }
    if (!this.open.delete(prompt.id)) return;
    this.push({ prompted: { id: prompt.id, given: typeof value === "string", value: typeof value === "string" ? value : "" } });
  }
}
