import type { IncomingMessage, ServerResponse } from "node:http";
import { openBrowser } from "./browser.js";
import { HostError } from "./host-error.js";
import { Loopback } from "./loopback.js";
import { FAIL_LISTEN, FAIL_OPEN } from "./msg.gen.js";
import { NOTHING_HERE, PAGE_HEADERS, redirectPage } from "./redirect-page.js";
import type { Arrived, PageRequest, RedirectListener, RedirectRequest, SignInHost } from "./signin-host.js";
import { openable } from "./url-check.js";

/** Options of {@link LoopbackSignIn}. */
export interface LoopbackOptions {
  /**
   * Has the person go to a page, and shows them the code where there is one. Without it, the system's browser is
   * started, and a page with a code is left to the person.
   *
   * @param url - https, or http on this machine; one argument, never for a shell
   */
  open?: ((url: string, page: PageRequest) => void | Promise<void>) | undefined;
}

/**
 * LoopbackSignIn is for programs on the person's own machine (RFC 8252 section 7.3): it opens the browser, and
 * receives the redirect on 127.0.0.1 and ::1, for as long as one is awaited.
 */
export class LoopbackSignIn implements SignInHost {
  constructor(private readonly options: LoopbackOptions = {}) {}

  async open(page: PageRequest): Promise<void> {
    const url = openable(page.url);
    if (this.options.open !== undefined) await this.options.open(url, page);
    else if (page.code === "") await openBrowser(url);
    else throw new HostError(FAIL_OPEN, "there is nobody here who could show the code");
  }

  /** @throws HostError "listen" where the URI is not on this machine; Error where the port is taken */
  async await(redirect: RedirectRequest, arrived: Arrived, signal: AbortSignal): Promise<RedirectListener> {
    const { server } = redirect;
    const wanted = redirect.uri === "" ? ownURI(redirect.path) : redirectURI(redirect.uri);
    const loopback = await Loopback.listen(portOf(wanted), (request, response) =>
      void answer(request, response, { uri: wanted, server, arrived }));
    try {
      signal.throwIfAborted();
      if (wanted.hostname === "[::1]" && !loopback.hasIPv6) throw new HostError(FAIL_LISTEN, "this machine has no IPv6");
    } catch (e) {
      loopback.close();
      throw e;
    }
    signal.addEventListener("abort", () => loopback.close());
    const closed = loopback.closed();
    if (wanted.port !== "0") return { uri: redirect.uri, closed };
    wanted.port = String(loopback.port);
    return { uri: wanted.href, closed };
  }
}

/** What a listener knows of the redirect that it is for. */
interface Awaited {
  uri: URL;
  server: string;
  arrived: Arrived;
}

/** An address and no name: whatever "localhost" is on a machine, it does not matter (RFC 8252 section 8.3). */
function ownURI(path: string): URL {
  const uri = new URL("http://127.0.0.1:0");
  uri.pathname = path;
  return uri;
}

/** Where the configuration has the redirect come, which must be here: anybody can write a configuration. */
function redirectURI(text: string): URL {
  const uri = URL.canParse(text) ? new URL(text) : undefined;
  const here = uri?.protocol === "http:" && ["127.0.0.1", "[::1]", "localhost"].includes(uri.hostname);
  if (here && uri.username === "" && uri.password === "" && uri.hash === "") return uri;
  throw new HostError(FAIL_LISTEN, `${text} cannot be received: it must be http on 127.0.0.1, [::1] or localhost`);
}

function portOf(uri: URL): number {
  return uri.port === "" ? 80 : Number(uri.port);
}

async function answer(request: IncomingMessage, response: ServerResponse, { uri, server, arrived }: Awaited): Promise<void> {
  const refused = refusal(request, uri);
  if (refused !== undefined) {
    response.writeHead(refused, PAGE_HEADERS).end(NOTHING_HERE);
    return;
  }
  const status = await arrived(uri.origin + request.url).catch(() => 400);
  const known = status === 200 || status === 409 ? status : 400;
  response.writeHead(known, PAGE_HEADERS).end(redirectPage(known, server));
}

/** Only what a browser that follows the redirect would send is shown to the core: GET, our path, our Host, once. */
function refusal({ method, url = "", rawHeaders }: IncomingMessage, uri: URL): number | undefined {
  const hosts = rawHeaders.filter((_, i) => rawHeaders[i - 1]?.toLowerCase() === "host" && i % 2 === 1);
  if (hosts.length !== 1 || hosts[0] !== uri.host) return 421;
  if (url.split("?", 1)[0] !== uri.pathname) return 404;
  if (method !== "GET") return 405;
  return /^[!-~]*$/.test(url) && !url.includes("#") ? undefined : 400;
}
