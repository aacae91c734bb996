import * as http from "node:http";
import * as https from "node:https";
import type { ClientRequest, IncomingMessage, RequestOptions } from "node:http";
import type { Socket } from "node:net";
import { decoded } from "./decompress.js";
import { failure } from "./http.js";
import type { HttpDriver, HttpSignal, HttpSink } from "./http.js";
import { FAIL_ABORTED, FAIL_RESET, FAIL_UNSUPPORTED } from "./msg.gen.js";
import type { Header, HTTP } from "./msg.gen.js";
import { nodeFailure } from "./node-failure.js";

/**
 * A request up to this many bytes is written in one piece with its head: node does that for strings
 * only, and as latin1 a string is its bytes.
 */
const ONE_WRITE = 16_384;

/** NodeHttp performs exchanges with node:http and node:https, over connections that it keeps alive. */
export class NodeHttp implements HttpDriver {
  private readonly plain = new http.Agent({ keepAlive: true, maxSockets: Infinity });
  private readonly tls = new https.Agent({ keepAlive: true, maxSockets: Infinity });

  send(effect: HTTP, sink: HttpSink, signal: HttpSignal): void {
    const url = new URL(effect.url);
    if (url.protocol !== "http:" && url.protocol !== "https:") {
      sink.end(failure(FAIL_UNSUPPORTED, `${url.protocol} is not HTTP`, false));
      return;
    }
    const secure = url.protocol === "https:";
    const agent = secure ? this.tls : this.plain;
    const request = (secure ? https : http).request(requestOptions(effect, url, agent));
    new NodeExchange(request, sink, signal, secure).start(effect.body);
  }

  close(): void {
    this.plain.destroy();
    this.tls.destroy();
  }
}

/** The headers go as a list, in the core's order; node then adds only Connection. */
function requestOptions(effect: HTTP, url: URL, agent: http.Agent): RequestOptions {
  const headers: [string, string][] = [["Host", url.host]];
  for (const h of effect.headers) headers.push([h.name, h.value]);
  if (effect.body.length > 0 || effect.method === "POST") {
    headers.push(["Content-Length", String(effect.body.length)]);
  }
  return {
    agent,
    method: effect.method,
    hostname: url.hostname.replace(/^\[|\]$/g, ""),
    port: url.port,
    path: url.pathname + url.search,
    // node takes a list of pairs too, which its types do not say
    headers: headers as unknown as http.OutgoingHttpHeaders,
  };
}

class NodeExchange {
  /** At least one byte of the request may have reached the server. */
  private sent = false;

  constructor(
    private readonly request: ClientRequest,
    private readonly sink: HttpSink,
    private readonly signal: HttpSignal,
    private readonly secure: boolean,
  ) {}

  start(body: Uint8Array): void {
    this.request.on("socket", (socket) => this.onSocket(socket));
    this.request.on("response", (response) => this.onResponse(response));
    this.request.on("error", (e: NodeJS.ErrnoException) => this.sink.end(nodeFailure(e, this.sent)));
    this.signal.onAbort(() => this.onAbort());
    if (body.length > ONE_WRITE) this.request.end(body);
    else this.request.end(Buffer.from(body.buffer, body.byteOffset, body.length).toString("latin1"), "latin1");
  }

  private onSocket(socket: Socket): void {
    if (this.request.reusedSocket || !socket.connecting) {
      this.sent = true;
      return;
    }
    socket.once(this.secure ? "secureConnect" : "connect", () => {
      this.sent = true;
    });
  }

  private onResponse(response: IncomingMessage): void {
    this.sink.head(response.statusCode ?? 0, headerList(response.rawHeaders));
    response.on("error", (e: NodeJS.ErrnoException) => this.sink.end(nodeFailure(e, true)));
    response.on("close", () => {
      if (!response.complete) this.sink.end(failure(FAIL_RESET, "the answer broke off", true));
    });
    decoded(response, {
      body: (data) => this.sink.body(data),
      end: (failed) => {
        if (failed !== undefined) this.request.destroy();
        this.sink.end(failed);
      },
    });
  }

  private onAbort(): void {
    this.sink.end(failure(FAIL_ABORTED, "aborted", this.sent));
    this.request.destroy();
  }
}

function headerList(raw: string[]): Header[] {
  const headers: Header[] = [];
  for (let i = 0; i + 1 < raw.length; i += 2) {
    headers.push({ name: raw[i] as string, value: raw[i + 1] as string });
  }
  return headers;
}
