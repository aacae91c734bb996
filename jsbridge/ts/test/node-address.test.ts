import assert from "node:assert/strict";
import dns from "node:dns";
import type { LookupAddress } from "node:dns";
import { test } from "node:test";
import { NodeHttp } from "../src/http-node.js";
import { exchange, listen } from "./http-rig.js";

const ANSWER = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";
const BOTH: LookupAddress[] = [{ address: "::1", family: 6 }, { address: "127.0.0.1", family: 4 }];

/** A machine without IPv6 fails here: what these tests are for cannot be seen there. */
for (const [host, literal] of [["127.0.0.1", "127.0.0.1"], ["::1", "[::1]"]] as const) {
  test(`a server on ${host} only, by its address and by a name that has both`, async (t) => {
    const port = await listen(t, (socket) => socket.once("data", () => socket.end(ANSWER)), host);
    t.mock.method(dns, "lookup", (_: string, __: unknown, done: (e: null, all: LookupAddress[]) => void) => done(null, BOTH));
    for (const name of [literal, "localhost"]) {
      const driver = new NodeHttp({}, {});
      t.after(() => driver.close());
      const told = await exchange(driver, { url: `http://${name}:${port}/mcp`, method: "POST" });
      assert.deepEqual([told.status, told.failure], [200, undefined], name);
    }
  });
}
