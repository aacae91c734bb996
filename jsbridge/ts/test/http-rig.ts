import { createServer } from "node:http";
import type { RequestListener, Server } from "node:http";
import type { AddressInfo } from "node:net";
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
      { id: 1, session: 1, method: "GET", headers: [], body: new Uint8Array(0), ...effect },
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
