import { createServer } from "node:http";
import type { RequestListener, Server } from "node:http";
import { createServer as createSecure } from "node:https";
import type { ServerOptions } from "node:https";
import { createServer as createNet } from "node:net";
import type { AddressInfo, Socket } from "node:net";
import type { TestContext } from "node:test";
import type { HttpDriver, HttpSignal } from "../src/http.js";
import type { Failure, HTTP, Header } from "../src/msg.gen.js";

/** serve listens on a loopback port for one test. */
export async function serve(t: TestContext, listener: RequestListener): Promise<{ url: string; server: Server }> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}

/** What a sink was told. */
export interface Told {
  status: number;
  headers: Header[];
  pieces: number;
  body: Buffer;
  failure: Failure | undefined;
}

export class Signal implements HttpSignal {
  aborted = false;
  private listener: (() => void) | undefined;
  onAbort(listener: () => void): void {
    this.listener = listener;
  }
  abort(): void {
    this.aborted = true;
    this.listener?.();
  }
}

/** exchange runs one and resolves at its first end; `onHead` and `onBody` see it on the way. */
export function exchange(
  driver: HttpDriver, effect: Partial<HTTP> & { url: string },
  hooks: { signal?: HttpSignal; onBody?: () => void } = {},
): Promise<Told> {
  const told: Told = { status: 0, headers: [], pieces: 0, body: Buffer.alloc(0), failure: undefined };
  return new Promise((resolve) => {
    driver.send(
      { id: 1, session: 1, method: "GET", headers: [], body: new Uint8Array(0), guarded: false, ...effect },
      {
        head: (status, headers) => Object.assign(told, { status, headers }),
        body: (data) => {
          told.pieces++;
          told.body = Buffer.concat([told.body, data]);
          hooks.onBody?.();
        },
        end: (failure) => resolve({ ...told, failure }),
      },
      hooks.signal ?? new Signal(),
    );
  });
}

/** serveTLS is serve with TLS. */
export async function serveTLS(t: TestContext, options: ServerOptions, listener: RequestListener): Promise<{ url: string; port: number }> {
  const server = createSecure(options, listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { url: `https://127.0.0.1:${port}`, port };
}

/** listen accepts raw connections on a loopback port for one test. */
export async function listen(t: TestContext, serveOne: (socket: Socket) => void, host = "127.0.0.1"): Promise<number> {
  const open = new Set<Socket>();
  const server = createNet((socket) => {
    open.add(socket);
    socket.on("error", () => {});
    serveOne(socket);
  });
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(0, host, resolve));
  t.after(() => {
    for (const socket of open) socket.destroy();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

/** closedPort is one at which nobody listens. */
export async function closedPort(): Promise<number> {
  const server = createNet();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise<void>((resolve) => server.close(() => resolve()));
  return port;
}
