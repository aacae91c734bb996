// Bundles the page into ../dist/web and puts the core beside it.
import { copyFile, mkdir, rm } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = fileURLToPath(new URL("..", import.meta.url));
const dist = fileURLToPath(new URL("../../dist/", import.meta.url));
const out = `${dist}web`;

await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });
await build({
  absWorkingDir: here,
  alias: { "headfast/web": fileURLToPath(new URL("../../jsbridge/ts/dist/web.js", import.meta.url)) },
  entryPoints: ["src/page.ts", "style.css"],
  outdir: out,
  entryNames: "[name]",
  bundle: true,
  format: "esm",
  platform: "browser",
  target: "es2022",
  minify: true,
  legalComments: "none",
  logLevel: "warning",
});
for (const name of ["index.html", "icon.svg"]) await copyFile(here + name, `${out}/${name}`);
for (const name of ["headfast.wasm", "wasm_exec.js"]) await copyFile(dist + name, `${out}/${name}`);
