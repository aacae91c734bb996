// The real demo server, dist/headfast demo-server, on a free port of 127.0.0.1.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const headfast = fileURLToPath(new URL("../../../dist/headfast", import.meta.url));

// Starts it. requests has one "METHOD /path STATUS" for each answered request, with " from a page" after it
// where the browser said so.
export async function startDemo() {
  const server = spawn(headfast, ["demo-server", "--cors", "--json"], { stdio: ["ignore", "pipe", "pipe"] });
  const requests = [];
  createInterface({ input: server.stderr }).on("line", (line) => {
    const request = read(line);
    if (request !== undefined) requests.push(request);
  });
  const died = once(server, "exit").then(([code]) => { throw new Error(`demo-server ended with ${code} before it began`); });
  const [first] = await Promise.race([once(createInterface({ input: server.stdout }), "line"), died]);
  died.catch(() => undefined); // it ends with the test
  return { origin: JSON.parse(first).url, requests, close: () => close(server) };
}

// read takes a line such as: INFO: 127.0.0.1:36194 - "POST /mcp HTTP/1.1" 200 OK; X-API-Key (14 characters)
function read(line) {
  const found = /"(\w+) (\S+) HTTP\/[\d.]+" (\d+)/.exec(line);
  if (found === null || found[1] === "OPTIONS") return undefined;
  return `${found[1]} ${found[2]} ${found[3]}${line.includes("Origin ") ? " from a page" : ""}`;
}

async function close(server) {
  if (server.exitCode !== null) return;
  server.kill();
  await once(server, "exit");
}
