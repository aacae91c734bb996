/** An exchange as one line of the log. */
import type { Trace } from "../core/client.js";

/** What happened on the wire and why. It has no secret, since the core gives none. */
export function traceLine(line: Trace): string {
  const sent = line.header.filter((header) => header.sent).map((header) => header.name);
  const parts = [line.phase, line.method, line.url, line.rpc, line.status > 0 && line.status, line.rule, sent.join(" "), line.note];
  return parts.filter(Boolean).join(" | ");
}
