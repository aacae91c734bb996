// Serves a folder on a free port of 127.0.0.1.
import { readFile } from "node:fs/promises";
import http from "node:http";
import path from "node:path";

const TYPES = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".wasm": "application/wasm" };

// missing has the path of each request that found nothing.
export async function serveFolder(folder) {
  const missing = [];
  const server = http.createServer(async (request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    const name = pathname === "/" ? "index.html" : path.basename(pathname);
    const content = await readFile(path.join(folder, name)).catch(() => undefined);
    if (!content) missing.push(pathname);
    response.writeHead(content ? 200 : 404, { "content-type": TYPES[path.extname(name)] ?? "application/octet-stream" });
    response.end(content);
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return { origin: `http://127.0.0.1:${server.address().port}`, missing, close: () => new Promise((done) => server.close(done)) };
}
