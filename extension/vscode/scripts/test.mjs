// Bundles the tests for node --test, which reads no TypeScript here, and runs them.
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = fileURLToPath(new URL("..", import.meta.url));
const names = readdirSync(`${here}test`).filter((name) => name.endsWith(".test.ts"));
await build({
  absWorkingDir: here,
  entryPoints: names.map((name) => `test/${name}`),
  outdir: "dist-test",
  outExtension: { ".js": ".mjs" },
  alias: {
    "headfast/node": fileURLToPath(new URL("../../../jsbridge/ts/dist/node.js", import.meta.url)),
    "@vscode/l10n": `${here}node_modules/@vscode/l10n/dist/browser.js`,
  },
  bundle: true,
  format: "esm",
  platform: "node",
  sourcemap: "inline",
  logLevel: "warning",
});
const files = names.map((name) => `dist-test/${name.replace(/ts$/, "mjs")}`);
const run = spawnSync(process.execPath, ["--enable-source-maps", "--test", "--test-reporter=spec", ...files], { cwd: here, stdio: "inherit" });
process.exitCode = run.status ?? 1;
