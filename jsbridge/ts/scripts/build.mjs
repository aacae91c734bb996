// Bundles the entry points to dist/, writes their declarations, and lays wasm_exec.js, unmodified, and
// the module (if it has been built) beside them.
import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const dist = join(root, "dist");
const common = { absWorkingDir: root, bundle: true, format: "esm", target: "es2022", legalComments: "none" };

mkdirSync(dist, { recursive: true });
await Promise.all([
  // An addon is no part of a bundle; it is loaded where accounts are kept in files.
  build({ ...common, platform: "node", entryPoints: ["src/node.ts"], outfile: "dist/node.js", external: ["fs-native-extensions"] }),
  build({ ...common, platform: "node", entryPoints: ["src/bin/vector-runner.ts"], outfile: "dist/vector-runner.mjs" }),
  build({ ...common, platform: "browser", entryPoints: ["src/web.ts", "src/vector-page.ts"], outdir: "dist" }),
]);
execFileSync(process.execPath, [join(root, "node_modules/typescript/bin/tsc"), "-p", "tsconfig.build.json"], {
  cwd: root, stdio: "inherit",
});

const goroot = execFileSync("go", ["env", "GOROOT"], { encoding: "utf8" }).trim();
copyFileSync(join(goroot, "lib/wasm/wasm_exec.js"), join(dist, "wasm_exec.js"));
const module = join(root, "../../dist/headfast.wasm");
if (existsSync(module)) copyFileSync(module, join(dist, "headfast.wasm"));
