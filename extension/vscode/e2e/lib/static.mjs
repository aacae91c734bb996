// code-server's browser build of VS Code without its server: what vscode.dev is. The extension runs in the browser, and the
// folder is a virtual one, which files-extension brings.
import { randomBytes } from "node:crypto";
import { mkdir, readFile, readdir, stat, writeFile } from "node:fs/promises";
import http from "node:http";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { SETTINGS } from "./vscode.mjs";

const TYPES = {
  ".js": "text/javascript", ".css": "text/css", ".html": "text/html", ".json": "application/json", ".svg": "image/svg+xml",
  ".wasm": "application/wasm", ".ttf": "font/ttf", ".png": "image/png",
};
const filesExtension = fileURLToPath(new URL("../files-extension", import.meta.url));

export async function serveStatic({ cache, source, folders }) {
  await mkdir(folders, { recursive: true });
  const vscode = path.join(cache, "node_modules/code-server/lib/vscode");
  const roots = { extension: source, files: filesExtension };
  const out = path.join(vscode, "out/vs/code/browser/workbench");
  const product = JSON.parse(await readFile(path.join(vscode, "product.json"), "utf8"));
  const workbench = patched(await readFile(path.join(out, "workbench.js"), "utf8"));
  const key = randomBytes(32); // the server's half of what seals the secret storage
  const pages = {
    "/": (host) => [page(host, product), "text/html"],
    "/mint-key": () => [key, "application/octet-stream"],
    "/callback": async () => [await readFile(path.join(out, "callback.html")), "text/html"],
    "/out/vs/code/browser/workbench/workbench.js": () => [workbench, "text/javascript"],
    "/listing": async () => [JSON.stringify(await listing(folders)), "application/json"],
  };
  const answer = async (request) => {
    const { url, method, headers: { host } } = request;
    const at = decodeURIComponent(new URL(url, "http://localhost").pathname);
    if (method === "OPTIONS") return ["", "text/plain"]; // the extensions' origin is another
    if (method === "PUT" && at.startsWith(`${folders}/`)) return [await save(at, request), "text/plain"];
    if (pages[at]) return pages[at](host);
    const [, first, rest] = /^\/([^/]+)\/(.*)$/.exec(at) ?? [];
    const file = at.startsWith(`${folders}/`) ? at : roots[first] ? path.join(roots[first], rest) : path.join(vscode, at);
    return [await readFile(file), TYPES[path.extname(file)] ?? "application/octet-stream"];
  };
  const server = http.createServer((request, response) => {
    const open = { "access-control-allow-origin": "*", "cross-origin-resource-policy": "cross-origin", "cache-control": "no-store", "access-control-allow-methods": "PUT" };
    answer(request).then(
      ([body, type]) => response.writeHead(200, { ...open, "content-type": type }).end(body),
      () => response.writeHead(404, open).end(),
    );
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const origin = `http://localhost:${server.address().port}`;
  return {
    folders,
    home: undefined,
    url: (folder) => `${origin}/?folder=${encodeURIComponent(`virtual:${folder}`)}`,
    logs: async () => [],
    keepLogs: async () => undefined,
    stop: () => new Promise((done) => server.close(done).closeAllConnections()),
  };
}

// code-server always names itself as the remote and keeps the person's settings there; a plain web build has no remote and
// keeps them in the browser.
function patched(js) {
  const cut = (text, from, to) => {
    const result = text.replace(from, to);
    if (result === text) throw new Error(`workbench.js has changed: there is no ${from}`);
    return result;
  };
  return cut(
    cut(js, "remoteAuthority:location.host}", "}"),
    /[\w$]+\(([\w$]+)\.file\(this\.userDataPath\)\.with\(\{scheme:([\w$]+)\.vscodeRemote\}\),"User"\)/,
    '$1.file("/User").with({scheme:$2.vscodeUserData})',
  );
}

function page(host, product) {
  const extension = (name) => ({ $mid: 1, scheme: "http", authority: host, path: `/${name}` });
  const config = {
    callbackRoute: "/callback", userDataPath: "/User", isEnabledFileDownloads: true, isEnabledFileUploads: true,
    isEnabledCoderGettingStarted: false,
    additionalBuiltinExtensions: [extension("extension"), extension("files")],
    configurationDefaults: { ...SETTINGS, "security.workspace.trust.enabled": false },
    productConfiguration: {
      ...product, extensionsGallery: undefined, enableTelemetry: false,
      webEndpointUrlTemplate: `http://{{uuid}}.${host}`,
      webviewContentExternalBaseUrlTemplate: `http://{{uuid}}.${host}/out/vs/workbench/contrib/webview/browser/pre/`,
    },
  };
  const settings = JSON.stringify(config).replaceAll("&", "&amp;").replaceAll('"', "&quot;");
  return `<!DOCTYPE html><html><head><meta charset="utf-8">
<meta id="vscode-workbench-web-configuration" data-settings="${settings}"><meta id="vscode-workbench-auth-session" data-settings="">
<link rel="stylesheet" href="/out/vs/code/browser/workbench/workbench.css"></head><body aria-label=""></body>
<script>globalThis._VSCODE_FILE_ROOT = location.origin + "/out/";</script>
<script type="module" src="/out/nls.messages.js"></script>
<script type="module" src="/out/vs/code/browser/workbench/workbench.js"></script></html>`;
}

async function save(at, request) {
  await writeFile(at, Buffer.concat(await request.toArray()));
  return "";
}

// Every file and folder with its time, so that the virtual folder can tell of changes.
async function listing(folders) {
  const names = await readdir(folders, { recursive: true });
  const paths = [folders, ...names.map((name) => path.join(folders, name))];
  return Promise.all(paths.map(async (at) => {
    const stats = await stat(at);
    return { path: at, folder: stats.isDirectory(), mtime: stats.mtimeMs, size: stats.size };
  }));
}
