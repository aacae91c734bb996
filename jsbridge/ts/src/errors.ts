import type { Error as Reason, Position } from "./msg.gen.js";

/** The codes of reasons that are made on this side of the boundary; wasm/problem has the whole list. */
export const CODE_USAGE = "HF301";
export const CODE_CANCELLED = "HF302";
export const CODE_INTERNAL = "HF900";

/** How a request ended: one of the OUTCOME constants; empty where there was no request. */
export type Outcome = "" | "result" | "server_error" | "not_sent" | "unknown" | "cancelled";

const NOWHERE: Position = { file: "", line: 0, column: 0 };

/**
 * Every failure of Headfast. It carries no secret and is fit to be shown as it is: {@link title} is one
 * sentence without a full stop, {@link body} the facts, {@link hint} what to do next.
 */
export class HeadfastError extends Error {
  override readonly name = "HeadfastError";
  /** "HF" and a number, stable; the list is in wasm/problem. Compare this, never a text. */
  readonly code: string;
  /** Whose doing it is: "caller", "server" or "host". */
  readonly party: string;
  /** "error" or "warning". */
  readonly severity: string;
  readonly title: string;
  readonly body: string;
  readonly hint: string;
  /** The configured name of the server, or empty. */
  readonly server: string;
  readonly url: string;
  /** The HTTP status, or 0. */
  readonly status: number;
  /** The place in the configuration file; its line is 0 where there is none. */
  readonly where: Position;
  /** Whether the request ran: "not_sent" may be tried again, "unknown" may have run. */
  readonly outcome: Outcome;
  /** The server's own JSON-RPC error code, or 0. */
  readonly rpcCode: number;
  /** The server's own JSON-RPC error data, as JSON; empty where there is none. */
  readonly rpcData: Uint8Array;

  constructor(reason: Reason, outcome: Outcome = "", cause?: unknown) {
    super(reason.body === "" ? reason.title : `${reason.title}: ${reason.body}`);
    if (cause !== undefined) this.cause = cause;
    this.code = reason.code;
    this.party = reason.party;
    this.severity = reason.severity;
    this.title = reason.title;
    this.body = reason.body;
    this.hint = reason.hint;
    this.server = reason.server;
    this.url = reason.url;
    this.status = reason.status;
    this.where = reason.where;
    this.outcome = outcome;
    this.rpcCode = reason.rpcCode;
    this.rpcData = reason.rpcData;
  }
}

/** reason makes what the core did not say itself. */
export function reason(code: string, party: "caller" | "host", title: string, body = "", hint = ""): Reason {
  return {
    code, party, title, body, hint,
    severity: "error",
    server: "", url: "", status: 0,
    where: NOWHERE,
    rpcCode: 0,
    rpcData: new Uint8Array(0),
  };
}

/** defect is an error of Headfast itself, after which the core is gone. */
export function defect(title: string, body: string, cause?: unknown): HeadfastError {
  return new HeadfastError(reason(CODE_INTERNAL, "host", title, body, "Open the core again"), "", cause);
}

/** text is what a thrown value says. */
export function text(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
