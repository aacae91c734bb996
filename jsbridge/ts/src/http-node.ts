import * as http from "node:http";
import * as https from "node:https";
import type { RequestOptions } from "node:https";
import { failure } from "./http.js";
import type { HttpDriver, HttpSignal, HttpSink } from "./http.js";
import { FAIL_UNSUPPORTED } from "./msg.gen.js";
import type { HTTP } from "./msg.gen.js";
import { NodeExchange } from "./node-exchange.js";
import type { Path } from "./node-exchange.js";
import { chooseProxy, hostOf, portOf } from "./node-proxy.js";
import type { ProxyChoice, Variables } from "./node-proxy.js";
import { authorities, keyPairs, originOf } from "./node-tls.js";
import type { ClientCertificate, KeyPair } from "./node-tls.js";
import { TunnelAgent, proxyHeaders } from "./node-tunnel.js";

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
}

/** NodeHttp performs exchanges with node:http and node:https, over connections that it keeps alive. */
export class NodeHttp implements HttpDriver {
  private readonly plain = new http.Agent(KEPT);
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
    const route = this.route(url);
    const request = (route.secure ? https : http).request(requestOptions(effect, route));
    new NodeExchange(request, sink, signal, route).start(effect.body);
  }

  close(): void {
    this.plain.destroy();
    for (const agent of this.secure.values()) agent.destroy();
  }

  private route(url: URL): Route {
    const proxy = this.proxyFor(url);
    if (url.protocol === "http:") {
      const secure = proxy?.protocol === "https:";
      return { url, agent: secure ? this.secureAgent(proxy, undefined) : this.plain, secure, proxy, offers: false };
    }
    const offers = this.pairs.has(originOf(url));
    return { url, agent: this.secureAgent(url, proxy), secure: true, proxy: undefined, offers };
  }

  /** Servers with a client certificate have connections of their own; the others share an agent for each proxy. */
  private secureAgent(url: URL, proxy: URL | undefined): https.Agent {
    const origin = originOf(url);
    const pair = this.pairs.get(origin);
    const key = `${pair === undefined ? "" : origin} ${proxy?.href ?? ""}`;
    let agent = this.secure.get(key);
    if (agent === undefined) {
      const options = { ...KEPT, ...(this.ca === undefined ? {} : { ca: this.ca }), ...pair };
      agent = proxy === undefined ? new https.Agent(options) : new TunnelAgent(proxy, options);
      this.secure.set(key, agent);
    }
    return agent;
  }
}

const KEPT = { keepAlive: true, maxSockets: Infinity };

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
