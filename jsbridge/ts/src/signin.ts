import { HostError, failureOf } from "./host-error.js";
import { failure } from "./http.js";
import { FAIL_ABORTED, FAIL_LISTEN, FAIL_OPEN, FAIL_UNSUPPORTED } from "./msg.gen.js";
import type { Await, Failure, Input, Open, Reply } from "./msg.gen.js";
import { Owed } from "./owed.js";
import type { SignInHost } from "./signin-host.js";
import { openable } from "./url-check.js";

/** What whoever comes to a redirect that is given up is told: it was not awaited. */
const NOT_AWAITED = 400;

/** SignIns are the pages and redirects under way: each Open has one Visited, each Await one End. */
export class SignIns {
  private readonly opens: Owed<void>;
  private readonly redirects = new Map<number, Redirect>();
  private closed = false;

  constructor(
    private readonly host: SignInHost | undefined,
    private readonly push: (input: Input) => void,
  ) {
    this.opens = new Owed((id, _, failed) => push({ visited: { id, failure: failed } }));
  }

  open({ id, server, url, code, await: redirect }: Open): void {
    this.opens.answer(id, FAIL_OPEN, () => {
      if (this.host === undefined) throw nobody();
      return this.host.open({ server, url: openable(url), code, redirect });
    });
  }

  await(effect: Await): void {
    const redirect = new Redirect(effect.id, this.push, () => this.redirects.delete(effect.id));
    this.redirects.set(effect.id, redirect);
    if (this.host === undefined) redirect.end(failureOf(nobody(), FAIL_UNSUPPORTED));
    else if (this.closed) redirect.abort();
    else void redirect.start(this.host, effect);
  }

  /** reply to a visit that is not there is nothing: it was answered when its Await ended. */
  reply({ id, visit, status }: Reply): void {
    this.redirects.get(id)?.reply(visit, status);
  }

  /** abort ends an Await; one that is not under way had its End already. */
  abort(id: number): void {
    this.redirects.get(id)?.abort();
  }

  /** close ends all that is under way, and has every listener go away. */
  close(): void {
    this.closed = true;
    this.opens.close();
    for (const redirect of [...this.redirects.values()]) redirect.abort();
  }
}

function nobody(): HostError {
  return new HostError(FAIL_UNSUPPORTED, "there is nobody here who could sign in");
}

class Redirect {
  private readonly controller = new AbortController();
  /** What answers the visits that wait for their Reply. */
  private readonly visits = new Map<number, (status: number) => void>();
  private next = 1;
  private told = false;
  private ended = false;

  constructor(
    private readonly id: number,
    private readonly push: (input: Input) => void,
    private readonly forget: () => void,
  ) {}

  async start(host: SignInHost, { id, server, uri, path }: Await): Promise<void> {
    try {
      const listener = await host.await({ id, server, uri, path }, (url) => this.arrived(url), this.controller.signal);
      if (!this.ended) this.push({ awaiting: { id, uri: listener.uri } });
      this.told = true;
      if (listener.closed === undefined) return;
      await listener.closed;
      this.end(failure(FAIL_LISTEN, "it receives nothing any more", false));
    } catch (e) {
      this.end(failureOf(e, FAIL_LISTEN));
    }
  }

  reply(visit: number, status: number): void {
    this.visits.get(visit)?.(status);
    this.visits.delete(visit);
  }

  abort(): void {
    this.end(failure(FAIL_ABORTED, "aborted", false));
  }

  end(failed: Failure): void {
    if (this.ended) return;
    this.ended = true;
    this.forget();
    for (const visit of [...this.visits.keys()]) this.reply(visit, NOT_AWAITED);
    this.controller.abort();
    this.push({ end: { id: this.id, failure: failed } });
  }

  /** Who comes before the URI is told cannot have it from the core. */
  private arrived(url: string): Promise<number> {
    if (!this.told || this.ended) return Promise.resolve(NOT_AWAITED);
    const visit = this.next++;
    return new Promise((resolve) => {
      this.visits.set(visit, resolve);
      this.push({ arrived: { id: this.id, visit, url } });
    });
  }
}
