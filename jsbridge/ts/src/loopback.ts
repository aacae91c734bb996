import { createServer } from "node:http";
import type { RequestListener, Server } from "node:http";
import type { AddressInfo } from "node:net";

/** How often another port is tried where somebody else has the chosen one on the other address. */
const TRIES = 10;
/** How long a request may take to come, and to be answered after the end, in milliseconds. */
const SLOW_MS = 10_000;
const LAST_MS = 1_000;

/** Loopback is an HTTP listener on 127.0.0.1 and ::1, at one port, and on nothing else. */
export class Loopback {
  private constructor(private readonly servers: Server[]) {}

  /**
   * listen takes a port on both addresses, or on the one that the machine has; 0 is any that is free on both. Where
   * somebody else has a port it is not used, so that nobody else can receive what is meant for us.
   *
   * @throws Error with the system's code, such as EADDRINUSE
   */
  static async listen(port: number, listener: RequestListener): Promise<Loopback> {
    for (let left = TRIES; ; left--) {
      const first = await bound("127.0.0.1", port, listener);
      try {
        return new Loopback([first, await bound("::1", portOf(first), listener)]);
      } catch (e) {
        const { code } = e as NodeJS.ErrnoException;
        if (code === "EADDRNOTAVAIL" || code === "EAFNOSUPPORT") return new Loopback([first]);
        first.close();
        if (code !== "EADDRINUSE" || port !== 0 || left === 0) throw e;
      }
    }
  }

  get port(): number {
    return portOf(this.servers[0] as Server);
  }

  /** Whether the machine has IPv6. */
  get hasIPv6(): boolean {
    return this.servers.length > 1;
  }

  /** closed resolves when one of the two is closed, and rejects where it broke. */
  closed(): Promise<void> {
    return Promise.race(this.servers.map((server) => new Promise<void>((resolve, reject) => {
      server.on("close", resolve);
      server.on("error", reject);
    })));
  }

  /** close takes no more requests, and lets those that have come be answered. */
  close(): void {
    for (const server of this.servers) {
      server.close();
      server.closeIdleConnections();
      setTimeout(() => server.closeAllConnections(), LAST_MS).unref();
    }
  }
}

function bound(host: string, port: number, listener: RequestListener): Promise<Server> {
  const slow = { headersTimeout: SLOW_MS, requestTimeout: SLOW_MS, connectionsCheckingInterval: SLOW_MS / 4 };
  const server = createServer(slow, listener);
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen({ host, port, exclusive: true }, () => {
      server.off("error", reject);
      resolve(server);
    });
  });
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}
