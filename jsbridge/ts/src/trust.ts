import type { AccountStore } from "./account-store.js";
import type { Agree, Fact, Input } from "./msg.gen.js";

/** Keeps what the person has agreed to. There is no secret in it; whoever can write to it can agree in their stead. */
export type TrustStore = Pick<AccountStore, "get" | "put" | "delete" | "keys">;

/**
 * What the person is asked to agree to: all that an entry would do. Its texts are the file's own, whole and as they are
 * there: whoever shows them makes them fit to be shown.
 */
export type Agreement = Agree;

/**
 * Asks the person whether an entry of a project's file may act; the signal aborts when nobody waits for the answer any
 * more. Only `true` is agreement: what is thrown is none.
 */
export type AskAgreement = (agreement: Agreement, context: { signal: AbortSignal }) => boolean | Promise<boolean>;

/** One entry that the person has agreed to. */
export interface Trusted {
  /** What the store knows it by. */
  key: string;
  /** The entry's name; empty for what cannot be read, and so was agreed to by nobody. */
  server: string;
  /** The file that the entry is in. */
  file: string;
  /** When it was agreed to, in milliseconds since the Unix epoch. */
  agreed: number;
  /** What it may do. */
  facts: Fact[];
}

/** Agreements are the questions under way: each has exactly one Agreed, unless it is taken back. */
export class Agreements {
  private readonly open = new Map<number, AbortController>();

  constructor(
    private readonly ask: AskAgreement | undefined,
    private readonly push: (input: Input) => void,
  ) {}

  /** put puts a question to the person; where there is nobody to ask, nobody agrees. */
  put(agreement: Agreement): void {
    const controller = new AbortController();
    this.open.set(agreement.id, controller);
    void this.answer(agreement, controller);
  }

  /** withdraw takes a question back. */
  withdraw(id: number): void {
    const controller = this.open.get(id);
    this.open.delete(id);
    controller?.abort(new Error("Nobody waits for the answer any more"));
  }

  /** end takes all back. */
  end(): void {
    for (const id of [...this.open.keys()]) this.withdraw(id);
  }

  private async answer(agreement: Agreement, controller: AbortController): Promise<void> {
    const { id } = agreement;
    const given = await this.given(agreement, controller.signal);
    if (this.open.get(id) !== controller) return;
    this.open.delete(id);
    this.push({ agreed: { id, given } });
  }

  private async given(agreement: Agreement, signal: AbortSignal): Promise<boolean> {
    try {
      return (await this.ask?.(agreement, { signal })) === true;
    } catch {
      return false;
    }
  }
}

/** trusted reads what is kept of an agreement. */
export function trusted(key: string, text: string | undefined): Trusted {
  const one: Trusted = { key, server: "", file: "", agreed: 0, facts: [] };
  try {
    const kept = JSON.parse(text ?? "") as { server: string; file: string; agreed: number; facts: [string, string][] };
    const facts = kept.facts.map(([name, text]) => ({ name, text, state: "same" }));
    return { key, server: kept.server, file: kept.file, agreed: kept.agreed, facts };
  } catch {
    return one;
  }
}
