// Transpiles src/ and test/ file by file to build/ and runs the tests there; arguments are test files.
import { spawnSync } from "node:child_process";
import { readdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const sources = ["src", "test"].flatMap((dir) =>
  readdirSync(join(root, dir), { recursive: true }).filter((f) => f.endsWith(".ts")).map((f) => join(dir, f)));

rmSync(join(root, "build"), { recursive: true, force: true });
await build({
  absWorkingDir: root, entryPoints: sources, outbase: ".", outdir: "build",
  format: "esm", target: "es2022", platform: "node", sourcemap: "inline",
});
const wanted = process.argv.slice(2);
const tests = sources.filter((f) => f.endsWith(".test.ts") && (wanted.length === 0 || wanted.some((w) => f.includes(w))));
const run = spawnSync(
  process.execPath,
  ["--enable-source-maps", "--test", ...tests.map((f) => join("build", f.replace(/\.ts$/, ".js")))],
  { cwd: root, stdio: "inherit" },
);
process.exit(run.status ?? 1);
