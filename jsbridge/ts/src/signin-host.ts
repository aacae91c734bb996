/** A page that the person has to go to. */
export interface PageRequest {
  /** The configured name of the server that it is for: show it. */
  server: string;
  /** https, or http on this machine, as it has been checked. Hand it over as one argument, never to a shell. */
  url: string;
  /** What the person must type there: show it. Empty where nothing need be typed (RFC 8628 section 3.3). */
  code: string;
  /** The `id` of the {@link RedirectRequest} whose redirect ends the visit; 0 where none does. */
  redirect: number;
}

/** A redirect that is to be received: where a sign-in in a browser comes back (RFC 6749 section 4.1.2). */
export interface RedirectRequest {
  id: number;
  /** The configured name of the server that it is for: say it on the page, as text. */
  server: string;
  /** The redirect URI that the configuration wants, port 0 for any; empty for the host's own choice. */
  uri: string;
  /** What the URI's path must be where the host chooses: it is another for each authorization server. */
  path: string;
}

/** Where a redirect is received. */
export interface RedirectListener {
  /** The redirect URI, which is told to the authorization server: as the configuration has it, but for a port of 0. */
  uri: string;
  /** Settles where it receives nothing more though nobody gave it up; a rejection says why. */
  closed?: Promise<void>;
}

/**
 * Says to the core that a request has come, by its whole URL. It resolves with the status of the page that is the
 * answer: 200 for the redirect that was awaited, 400 for one that was not, 409 for one that came again. The page is
 * always the same, and has nothing of the request in it.
 */
export type Arrived = (url: string) => Promise<number>;

/** What a person needs to sign in: a page is opened, and the redirect at its end received. */
export interface SignInHost {
  /**
   * open has the person go to a page, and resolves when that is under way. It rejects where they must do it
   * themselves; the core then tells them how.
   */
  open(page: PageRequest): Promise<void>;
  /**
   * await receives a redirect. It resolves once it can come, before anybody is told the URI, and rejects where it
   * cannot be received. When `signal` aborts, the listener goes away, as soon as what has come is answered.
   */
  await(redirect: RedirectRequest, arrived: Arrived, signal: AbortSignal): Promise<RedirectListener>;
}
