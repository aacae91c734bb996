import { text } from "./errors.js";
import { failure } from "./http.js";
import type { HttpDriver, HttpSignal, HttpSink } from "./http.js";
import { FAIL_ABORTED, FAIL_BLOCKED, FAIL_RESET } from "./msg.gen.js";
import type { Failure, Header, HTTP } from "./msg.gen.js";

/** What differs between where `fetch` runs. */
export interface FetchOptions {
  /** "error" in a page, which may not see a redirect's head; "manual" where it can be seen (Node). */
  redirect?: "error" | "manual";
  fetch?: typeof fetch;
}

/**
 * FetchHttp performs exchanges with `fetch`, without cookies, cache, referrer or redirects. It cannot tell to which
 * address a request goes, so `guarded` has no effect here; what a page may ask of private networks is for the browser
 * to say (https://wicg.github.io/local-network-access/).
 */
export class FetchHttp implements HttpDriver {
  private readonly redirect: "error" | "manual";
  private readonly fetch: typeof fetch;

  constructor(options: FetchOptions = {}) {
    this.redirect = options.redirect ?? "error";
    this.fetch = options.fetch ?? globalThis.fetch.bind(globalThis);
  }

  send(effect: HTTP, sink: HttpSink, signal: HttpSignal): void {
    void this.exchange(effect, sink, signal);
  }

  close(): void {
    // fetch keeps its connections to itself
  }

  private async exchange(effect: HTTP, sink: HttpSink, signal: HttpSignal): Promise<void> {
    const controller = new AbortController();
    signal.onAbort(() => controller.abort());
    let answered = false;
    try {
      const response = await this.fetch(effect.url, this.init(effect, controller.signal));
      answered = true;
      sink.head(response.status, headerList(response.headers));
      await pump(response, sink);
      sink.end();
    } catch (e) {
      sink.end(fetchFailure(e, answered, signal.aborted));
    }
  }

  private init(effect: HTTP, signal: AbortSignal): RequestInit {
    return {
      method: effect.method,
      headers: effect.headers.map((h): [string, string] => [h.name, h.value]),
      body: effect.body.length > 0 ? (effect.body as Uint8Array<ArrayBuffer>) : null,
      redirect: this.redirect,
      credentials: "omit",
      cache: "no-store",
      referrerPolicy: "no-referrer",
      signal,
    };
  }
}

async function pump(response: Response, sink: HttpSink): Promise<void> {
  const reader = response.body?.getReader();
  if (reader === undefined) return;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    sink.body(value);
  }
}

/** A page cannot tell CORS from the network: both are a TypeError before there is an answer. */
function fetchFailure(e: unknown, answered: boolean, aborted: boolean): Failure {
  if (aborted) return failure(FAIL_ABORTED, "aborted", true);
  return failure(answered ? FAIL_RESET : FAIL_BLOCKED, text(e), true);
}

function headerList(headers: Headers): Header[] {
  const list: Header[] = [];
  headers.forEach((value, name) => list.push({ name, value }));
  return list;
}
