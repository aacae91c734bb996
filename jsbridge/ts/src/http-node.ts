import * as http from "node:http";
import * as https from "node:https";
import type { RequestOptions } from "node:https";
import { isIP } from "node:net";
import type { Socket } from "node:net";
import { failure } from "./http.js";
import type { HttpDriver, HttpSignal, HttpSink } from "./http.js";
import { FAIL_PRIVATE, FAIL_UNSUPPORTED } from "./msg.gen.js";
import type { HTTP } from "./msg.gen.js";
import { NodeExchange } from "./node-exchange.js";
import type { Path } from "./node-exchange.js";
import { chooseProxy, hostOf, portOf } from "./node-proxy.js";
import type { ProxyChoice, Variables } from "./node-proxy.js";
import { authorities, keyPairs, originOf } from "./node-tls.js";
import type { ClientCertificate, KeyPair } from "./node-tls.js";
import { TunnelAgent, proxyHeaders } from "./node-tunnel.js";
import { Homes, PrivateAddressError, isPrivate, publicLookup } from "./private-address.js";

/** How requests reach their servers. */
export interface NetworkOptions {
  /**
   * Without it, the proxies of HTTPS_PROXY, HTTP_PROXY and NO_PROXY, in either case. "none" for no proxy, or the
   * URL of one for every server: http or https, with user:password@ where the proxy asks for it. Loopback
   * addresses are never proxied. What an http: server is sent, its proxy can read.
   */
  proxy?: string | undefined;
  /**
   * PEM files with certificates of authorities to trust, besides Node's own. The files that SSL_CERT_FILE and
   * NODE_EXTRA_CA_CERTS name, as company networks have them set, are trusted as well.
   */
  caFiles?: readonly string[] | undefined;
  /** For servers that want a certificate of the client; each is offered to its own origin and no other. */
  clientCertificates?: readonly ClientCertificate[] | undefined;
}

/** Where a request goes, and over which connections. */
interface Route extends Path {
  url: URL;
  agent: http.Agent;
  /** No proxy is on the way, to which the connection would be. */
  direct: boolean;
}

/**
 * NodeHttp performs exchanges with node:http and node:https, over connections that it keeps alive.
 *
 * A guarded request goes to public addresses only, unless its session's own server is at a private one: every address
 * that its name has is checked, and it shares no connection with requests that are not guarded. Through a proxy, which
 * looks names up itself, only a host that is an address can be checked.
 */
export class NodeHttp implements HttpDriver {
  private readonly plain = new http.Agent(KEPT);
  private readonly plainGuarded = new http.Agent(GUARDED);
  private readonly homes = new Homes();
  private readonly secure = new Map<string, https.Agent>();
  private readonly proxyFor: ProxyChoice;
  private readonly ca: string[] | undefined;
  private readonly pairs: Map<string, KeyPair>;

  /**
   * @param env - what stands for `process.env`. It is not the `env` of a core, which may answer any name with a key.
   * @throws HeadfastError if a file or a URL of the options or variables cannot be used
   */
  constructor(options: NetworkOptions = {}, env: Variables = process.env) {
    this.proxyFor = chooseProxy(options.proxy, env);
    this.ca = authorities(options.caFiles ?? [], env);
    this.pairs = keyPairs(options.clientCertificates ?? []);
  }

  send(effect: HTTP, sink: HttpSink, signal: HttpSignal): void {
    const url = new URL(effect.url);
    if (url.protocol !== "http:" && url.protocol !== "https:") {
      sink.end(failure(FAIL_UNSUPPORTED, `${url.protocol} is not HTTP`, false));
      return;
    }
    const guarded = effect.guarded && !this.homes.isPrivate(effect.session);
    if (guarded && isPrivate(hostOf(url))) {
      sink.end(failure(FAIL_PRIVATE, new PrivateAddressError(url.host).message, false));
      return;
    }
    const route = this.route(url, guarded);
    const request = (route.secure ? https : http).request(requestOptions(effect, route));
    if (!effect.guarded && !this.homes.isKnown(effect.session)) this.noteHome(request, effect.session, route);
    new NodeExchange(request, sink, signal, route).start(effect.body);
  }

  close(): void {
    this.plain.destroy();
    this.plainGuarded.destroy();
    for (const agent of this.secure.values()) agent.destroy();
  }

  private route(url: URL, guarded: boolean): Route {
    const proxy = this.proxyFor(url);
    const direct = proxy === undefined;
    if (url.protocol === "http:") {
      const secure = proxy?.protocol === "https:";
      const plain = guarded && direct ? this.plainGuarded : this.plain;
      return { url, agent: secure ? this.secureAgent(proxy, undefined, false) : plain, secure, proxy, direct, offers: false };
    }
    const offers = this.pairs.has(originOf(url));
    return { url, agent: this.secureAgent(url, proxy, guarded && direct), secure: true, proxy: undefined, direct, offers };
  }

  /** Servers with a client certificate have connections of their own; the others share an agent for each proxy. */
  private secureAgent(url: URL, proxy: URL | undefined, guarded: boolean): https.Agent {
    const origin = originOf(url);
    const pair = this.pairs.get(origin);
    const key = `${guarded ? "guarded " : ""}${pair === undefined ? "" : origin} ${proxy?.href ?? ""}`;
    let agent = this.secure.get(key);
    if (agent === undefined) {
      const options = { ...(guarded ? GUARDED : KEPT), ...(this.ca === undefined ? {} : { ca: this.ca }), ...pair };
      agent = proxy === undefined ? new https.Agent(options) : new TunnelAgent(proxy, options);
      this.secure.set(key, agent);
    }
    return agent;
  }

  /** A session's own server is where its requests go that nobody but the configuration named. */
  private noteHome(request: http.ClientRequest, session: number, { url, secure, direct }: Route): void {
    const host = hostOf(url);
    if (isIP(host) !== 0) this.homes.note(session, host);
    else if (direct) onConnected(request, secure, (address) => this.homes.note(session, address));
  }
}

const KEPT = { keepAlive: true, maxSockets: Infinity };
const GUARDED = { ...KEPT, lookup: publicLookup };

/** onConnected tells to which address a request goes: with TLS once the server has shown that the name is its own. */
function onConnected(request: http.ClientRequest, secure: boolean, told: (address: string) => void): void {
  request.on("socket", (socket: Socket & { secureConnecting?: boolean }) => {
    const tell = (): void => {
      if (socket.remoteAddress !== undefined) told(socket.remoteAddress);
    };
    if (socket.connecting || socket.secureConnecting === true) socket.once(secure ? "secureConnect" : "connect", tell);
    else tell();
  });
}

/** The headers go as a list, in the core's order; node then adds only Connection. */
function requestOptions(effect: HTTP, { url, agent, proxy }: Route): RequestOptions {
  const headers: [string, string][] = [["Host", url.host]];
  for (const h of effect.headers) headers.push([h.name, h.value]);
  // A stream that is compressed on its way comes late, and content that is not cannot be a bomb.
  if (!effect.headers.some((h) => h.name.toLowerCase() === "accept-encoding")) headers.push(["Accept-Encoding", "identity"]);
  if (effect.body.length > 0 || effect.method === "POST") {
    headers.push(["Content-Length", String(effect.body.length)]);
  }
  if (proxy !== undefined) headers.push(...proxyHeaders(proxy));
  const path = url.pathname + url.search;
  return {
    agent,
    method: effect.method,
    hostname: hostOf(proxy ?? url),
    port: portOf(proxy ?? url),
    path: proxy === undefined ? path : `http://${url.host}${path}`,
    // node takes a list of pairs too, which its types do not say
    headers: headers as unknown as http.OutgoingHttpHeaders,
  };
}
