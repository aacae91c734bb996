// Bundles both entry points and puts the core beside them.
import { cp, copyFile, mkdir, rm } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = fileURLToPath(new URL("..", import.meta.url));
const dist = fileURLToPath(new URL("../../../dist/", import.meta.url));
const bridge = fileURLToPath(new URL("../../../jsbridge/ts/dist/", import.meta.url));
const common = {
  absWorkingDir: here,
  alias: {
    "headfast/node": `${bridge}node.js`,
    "headfast/web": `${bridge}web.js`,
    "@vscode/l10n": `${here}node_modules/@vscode/l10n/dist/browser.js`, // the other one reads files, which VS Code has done
  },
  bundle: true,
  format: "cjs",
  target: "es2022",
  external: ["vscode"],
  minify: true,
  legalComments: "none",
  logLevel: "warning",
  logOverride: { "empty-import-meta": "silent" }, // only the package's defaults use it, and we name every file
};

await rm(`${here}dist`, { recursive: true, force: true });
await mkdir(`${here}dist`);
await build({ ...common, entryPoints: ["src/node.ts"], platform: "node", outfile: "dist/node.js" });
await build({ ...common, entryPoints: ["src/web.ts"], platform: "browser", outfile: "dist/web.js" });
await build({ ...common, entryPoints: ["src/explain/page/main.ts"], platform: "browser", format: "iife", outfile: "dist/explain.js" });
for (const name of ["headfast.wasm", "wasm_exec.js"]) await copyFile(dist + name, `${here}dist/${name}`);
// What VS Code completes and validates JSON by.
const isSchema = (path) => !path.endsWith(".go");
await cp(fileURLToPath(new URL("../../../host/schemas/", import.meta.url)), `${here}dist/schemas`, { recursive: true, filter: isSchema });
