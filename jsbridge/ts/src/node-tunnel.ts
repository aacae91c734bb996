import * as http from "node:http";
import * as https from "node:https";
import type { ClientRequest, IncomingMessage } from "node:http";
import type { AgentOptions, RequestOptions } from "node:https";
import type { Duplex } from "node:stream";
import { hostOf, portOf } from "./node-proxy.js";

/** What went wrong with a proxy. Its message names the proxy by host and port and holds no credential. */
export class ProxyError extends Error {
  constructor(proxy: URL, why: string) {
    super(`the proxy ${proxy.host}: ${why}`);
  }

  /** Of an answer to CONNECT, or to a plain request, by which the proxy does not pass it on. */
  static answered(proxy: URL, status: number): ProxyError {
    if (status !== 407) return new ProxyError(proxy, `it did not connect to the server: ${status} ${http.STATUS_CODES[status] ?? ""}`.trimEnd());
    return new ProxyError(
      proxy, "it wants credentials of its own (407), or others than the proxy's URL has: http://user:password@host:port",
    );
  }
}

/** The Proxy-Authorization that a proxy's URL asks for, as header pairs. */
export function proxyHeaders(proxy: URL): [string, string][] {
  if (proxy.username === "" && proxy.password === "") return [];
  const pair = `${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`;
  return [["Proxy-Authorization", `Basic ${Buffer.from(pair).toString("base64")}`]];
}

type Connected = (error: Error | null, stream: Duplex) => void;

/**
 * TunnelAgent makes TLS connections through a proxy, by CONNECT (RFC 9110, section 9.3.6). The proxy is sent
 * the server's host and port, and its own credentials.
 */
export class TunnelAgent extends https.Agent {
  private readonly asking = new Set<ClientRequest>();

  constructor(
    private readonly proxy: URL,
    private readonly tls: AgentOptions,
  ) {
    super(tls);
  }

  override createConnection(options: RequestOptions, connected: Connected): undefined {
    const host = String(options.host);
    const authority = `${host.includes(":") ? `[${host}]` : host}:${options.port}`;
    const request = this.ask(authority);
    const failed = connected as (error: Error) => void;
    this.asking.add(request);
    request.on("close", () => this.asking.delete(request));
    request.on("error", (e: NodeJS.ErrnoException) => failed(new ProxyError(this.proxy, e.message)));
    request.on("connect", (response: IncomingMessage, socket: Duplex) => {
      if (response.statusCode === 200) {
        connected(null, super.createConnection({ ...options, socket } as RequestOptions) as Duplex);
        return;
      }
      socket.destroy();
      failed(ProxyError.answered(this.proxy, response.statusCode ?? 0));
    });
    request.end();
  }

  /** The TLS options of a TLS proxy are the authorities to trust, never a client certificate. */
  private ask(authority: string): ClientRequest {
    const { proxy } = this;
    return (proxy.protocol === "https:" ? https : http).request({
      method: "CONNECT",
      host: hostOf(proxy),
      port: portOf(proxy),
      path: authority,
      agent: false,
      headers: [["Host", authority], ...proxyHeaders(proxy)] as unknown as http.OutgoingHttpHeaders,
      ...(this.tls.ca === undefined ? {} : { ca: this.tls.ca }),
    });
  }

  override destroy(): void {
    for (const request of this.asking) request.destroy();
    super.destroy();
  }
}
