import dns from "node:dns";
import { BlockList, isIP } from "node:net";
import type { LookupFunction } from "node:net";

/** What is no part of the public Internet: this machine, local networks, carriers', metadata services, multicast. */
const IPV4: readonly [string, number][] = [
  ["0.0.0.0", 8], ["10.0.0.0", 8], ["100.64.0.0", 10], ["127.0.0.0", 8], ["169.254.0.0", 16], ["172.16.0.0", 12],
  ["192.0.0.0", 24], ["192.168.0.0", 16], ["198.18.0.0", 15], ["224.0.0.0", 4], ["240.0.0.0", 4],
];
const IPV6: readonly [string, number][] = [["::", 128], ["::1", 128], ["fc00::", 7], ["fe80::", 10], ["64:ff9b:1::", 48]];
/** The 96 bits before an IPv4 address: mapped, compatible (RFC 4291 section 2.5.5) and NAT64 (RFC 6052 section 2.1). */
const PREFIXES = ["::ffff:", "::", "64:ff9b::"];

const PRIVATE = new BlockList();
for (const [net, bits] of IPV4) {
  PRIVATE.addSubnet(net, bits, "ipv4");
  for (const prefix of PREFIXES) PRIVATE.addSubnet(prefix + net, 96 + bits, "ipv6");
}
for (const [net, bits] of IPV6) PRIVATE.addSubnet(net, bits, "ipv6");

/** isPrivate says of an address, with or without a zone, that it is private. What is no address is not. */
export function isPrivate(address: string): boolean {
  const family = isIP(address);
  return family !== 0 && PRIVATE.check(address, family === 6 ? "ipv6" : "ipv4");
}

/** A guarded request would go to a private address. */
export class PrivateAddressError extends Error {
  constructor(host: string) {
    super(`a server named ${host}, which is at a private address`);
  }
}

/**
 * publicLookup looks a name up for net.connect, which takes the addresses as they were checked: no second answer can
 * be another. A name that has a private address among others is refused as a whole.
 */
export const publicLookup: LookupFunction = (host, options, done) => {
  dns.lookup(host, { ...options, all: true }, (error, addresses) => {
    if (error === null && addresses.some(({ address }) => isPrivate(address))) error = new PrivateAddressError(host);
    const [first] = addresses ?? [];
    if (error !== null || first === undefined) done(error, []);
    else if (options.all === true) done(null, addresses);
    else done(null, first.address, first.family);
  });
};

/** How many sessions are remembered; of more, the first are forgotten, until they ask again. */
const MAX_SESSIONS = 10_000;

/**
 * Homes say of each session whether its own server is at a private address. The first connection decides: whoever
 * owns a server's name can have it lead into our network later.
 */
export class Homes {
  private readonly known = new Map<number, boolean>();

  isKnown(session: number): boolean {
    return this.known.has(session);
  }

  isPrivate(session: number): boolean {
    return this.known.get(session) ?? false;
  }

  /** note says where a session's own server is; 0 is no session. */
  note(session: number, address: string): void {
    if (session === 0 || this.known.has(session)) return;
    this.known.set(session, isPrivate(address));
    const [oldest] = this.known.keys();
    if (this.known.size > MAX_SESSIONS && oldest !== undefined) this.known.delete(oldest);
  }
}
