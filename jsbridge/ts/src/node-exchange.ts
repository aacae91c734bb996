import type { ClientRequest, IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { decoded } from "./decompress.js";
import { failure } from "./http.js";
import type { HttpSignal, HttpSink } from "./http.js";
import { FAIL_ABORTED, FAIL_PROXY, FAIL_RESET } from "./msg.gen.js";
import type { Header } from "./msg.gen.js";
import { nodeFailure } from "./node-failure.js";
import type { Seen } from "./node-failure.js";
import { ProxyError } from "./node-tunnel.js";

/**
 * A request up to this many bytes is written in one piece with its head: node does that for strings
 * only, and as latin1 a string is its bytes.
 */
const ONE_WRITE = 16_384;

/** How a request reaches its server. */
export interface Path {
  secure: boolean;
  /** The proxy that the request itself is sent to: that of a server without TLS. */
  proxy: URL | undefined;
  /** A client certificate is configured for the server. */
  offers: boolean;
}

/** NodeExchange is one request that node has been given, and its answer. */
export class NodeExchange {
  /** At least one byte of the request may have reached the other side. */
  private sent = false;
  /** The answer has begun. */
  private answered = false;

  constructor(
    private readonly request: ClientRequest,
    private readonly sink: HttpSink,
    private readonly signal: HttpSignal,
    private readonly path: Path,
  ) {}

  start(body: Uint8Array): void {
    this.request.on("socket", (socket) => this.onSocket(socket));
    this.request.on("response", (response) => this.onResponse(response));
    this.request.on("upgrade", (response, socket) => this.onUpgrade(response, socket));
    this.request.on("error", (e: NodeJS.ErrnoException) => this.sink.end(nodeFailure(e, this.seen())));
    this.signal.onAbort(() => this.onAbort());
    if (body.length > ONE_WRITE) this.request.end(body);
    else this.request.end(Buffer.from(body.buffer, body.byteOffset, body.length).toString("latin1"), "latin1");
  }

  private seen(): Seen {
    const { sent, answered, request, path } = this;
    return { sent, late: answered || request.reusedSocket, proxy: path.proxy, offers: path.offers };
  }

  /** Whatever is not known to be still connecting, the request may go out on at once. */
  private onSocket(socket: Socket & { secureConnecting?: boolean }): void {
    const connecting = this.path.secure ? socket.secureConnecting === true : socket.connecting;
    if (this.request.reusedSocket || !connecting) {
      this.sent = true;
      return;
    }
    socket.once(this.path.secure ? "secureConnect" : "connect", () => {
      this.sent = true;
    });
  }

  private onResponse(response: IncomingMessage): void {
    this.answered = true;
    const { proxy } = this.path;
    if (proxy !== undefined && response.statusCode === 407) {
      this.sink.end(failure(FAIL_PROXY, ProxyError.answered(proxy, 407).message, false));
      this.request.destroy();
      return;
    }
    this.sink.head(response.statusCode ?? 0, headerList(response.rawHeaders));
    response.on("error", (e: NodeJS.ErrnoException) => this.sink.end(nodeFailure(e, this.seen())));
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

  /** A server that changes protocols (101) was not asked to: its head is all that there is. */
  private onUpgrade(response: IncomingMessage, socket: Duplex): void {
    socket.destroy();
    this.sink.head(response.statusCode ?? 0, headerList(response.rawHeaders));
    this.sink.end(undefined);
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
