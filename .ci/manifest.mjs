// Writes dist/manifest.json: what the module is, by which every runner checks that it runs these bytes.
// Fails where the module is over its bound.
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { brotliCompressSync, constants } from "node:zlib";

const [modulePath, schemaPath, goVersion, out] = process.argv.slice(2);
const MAX_BROTLI = 1_300_000;

const module = readFileSync(modulePath);
const brotli = brotliCompressSync(module, {
  params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24, [constants.BROTLI_PARAM_SIZE_HINT]: module.length },
}).length;
const manifest = {
  sha256: createHash("sha256").update(module).digest("hex"),
  schema: /SchemaHash = "(\w+)"/.exec(readFileSync(schemaPath, "utf8"))[1],
  go: goVersion,
  bytes: module.length,
  brotli,
};
writeFileSync(out, `${JSON.stringify(manifest, null, 2)}\n`);
console.log(`module  ${module.length.toLocaleString("en")} bytes, ${brotli.toLocaleString("en")} with brotli (at most ${MAX_BROTLI.toLocaleString("en")})`);
console.log(`sha256  ${manifest.sha256}`);
if (brotli > MAX_BROTLI) {
  console.error("The module is over its size bound: see what the last change pulled in with `go list -deps ./wasm`.");
  process.exit(1);
}
