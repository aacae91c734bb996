import { text } from "./errors.js";
import { failure } from "./http.js";
import type { HttpDriver, HttpSignal, HttpSink } from "./http.js";
import { FAIL_ABORTED, FAIL_CONNECT, FAIL_KEY } from "./msg.gen.js";
import type { Failure, HTTP, Header, Input, Proof } from "./msg.gen.js";
import { PIECE } from "./pieces.js";

/** Exchanges are the HTTP effects under way. Each ends in exactly one End, whatever the driver does. */
export class Exchanges {
  private readonly open = new Map<number, Exchange>();
  private closed = false;

  constructor(
    private readonly http: HttpDriver,
    private readonly push: (input: Input) => void,
    /** Makes the header of a request with a Proof. */
    private readonly prove: (proof: Proof) => Promise<Header>,
  ) {}

  /** How many exchanges have not had their End. */
  get size(): number {
    return this.open.size;
  }

  start(effect: HTTP): void {
    const exchange = new Exchange(effect.id, this.push, () => this.open.delete(effect.id));
    this.open.set(effect.id, exchange);
    if (this.closed) {
      exchange.end(failure(FAIL_ABORTED, "the driver is closed", false));
      return;
    }
    if (effect.proof === undefined) this.send(effect, exchange);
    else void this.sendProven(effect, effect.proof, exchange);
  }

  /** abort ends an exchange; one that is not under way had its End already. */
  abort(id: number): void {
    this.open.get(id)?.abort();
  }

  /** close ends all that is under way; what is started later ends at once. */
  close(): void {
    if (this.closed) return;
    this.closed = true;
    for (const exchange of [...this.open.values()]) exchange.abort();
    this.http.close();
  }

  private send(effect: HTTP, exchange: Exchange): void {
    exchange.handedOver = true;
    try {
      this.http.send(effect, exchange, exchange);
    } catch (e) {
      exchange.end(failure(FAIL_CONNECT, text(e), false));
    }
  }

  /** A request whose proof cannot be signed is not sent. */
  private async sendProven(effect: HTTP, proof: Proof, exchange: Exchange): Promise<void> {
    try {
      const header = await this.prove(proof);
      if (!exchange.aborted) this.send({ ...effect, headers: [...effect.headers, header], proof: undefined }, exchange);
    } catch (e) {
      exchange.end(failure(FAIL_KEY, text(e), false));
    }
  }
}

class Exchange implements HttpSink, HttpSignal {
  aborted = false;
  /** The HTTP driver has it, and may have sent it. */
  handedOver = false;
  private listener: (() => void) | undefined;
  private ended = false;

  constructor(
    private readonly id: number,
    private readonly push: (input: Input) => void,
    private readonly forget: () => void,
  ) {}

  onAbort(listener: () => void): void {
    this.listener = listener;
  }

  head(status: number, headers: Header[]): void {
    if (!this.ended) this.push({ head: { id: this.id, status, headers } });
  }

  body(data: Uint8Array): void {
    if (this.ended) return;
    for (let at = 0; at < data.length; at += PIECE) {
      this.push({ body: { id: this.id, data: data.subarray(at, at + PIECE) } });
    }
  }

  end(failed?: Failure): void {
    if (this.ended) return;
    this.ended = true;
    this.forget();
    this.push({ end: { id: this.id, failure: failed } });
  }

  /** A driver that does not answer the signal at once is answered for: the request may have run. */
  abort(): void {
    this.aborted = true;
    this.listener?.();
    this.end(failure(FAIL_ABORTED, "aborted", this.handedOver));
  }
}
