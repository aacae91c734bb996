import type { Failure, HTTP, Header } from "./msg.gen.js";

/** Where an HttpDriver puts a response: one head, any number of pieces, one end. */
export interface HttpSink {
  /** The status and header section. Names may come in any case; a repeated name comes repeatedly. */
  head(status: number, headers: Header[]): void;
  /** A piece of the content after decompression. The sink keeps the bytes; do not reuse them. */
  body(data: Uint8Array): void;
  /** The end: without a failure the response came whole. Calls after the first are ignored. */
  end(failure?: Failure): void;
}

/** Says, once, that an exchange is to be given up. (An AbortSignal costs a tenth of a loopback call.) */
export interface HttpSignal {
  readonly aborted: boolean;
  /** onAbort sets the one listener; it is called at most once, and never for an exchange that has ended. */
  onAbort(listener: () => void): void;
}

/**
 * HttpDriver performs HTTP effects: it follows no redirect and adds no credential of its own. A request with a proof
 * comes with its header already. A request that is `guarded` must not go to a private address, where the driver can
 * tell: its end is then of kind "private".
 */
export interface HttpDriver {
  /**
   * send performs one exchange. When `signal` aborts, the driver gives up and calls
   * `sink.end` with kind "aborted", at once.
   */
  send(effect: HTTP, sink: HttpSink, signal: HttpSignal): void;
  /** close gives back what outlives an exchange, such as idle connections. */
  close(): void;
}

/** failure is one value of the schema's type. */
export function failure(kind: string, detail: string, sent: boolean): Failure {
  return { kind, detail, sent };
}
