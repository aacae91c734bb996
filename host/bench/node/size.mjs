// The module's size: "WASM MANIFEST". Quality 11 is what a web server would serve.
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { brotliCompressSync, constants } from "node:zlib";

const [file, manifest] = process.argv.slice(2);
const wasm = readFileSync(file);
console.log(JSON.stringify({ raw: wasm.length, brotli: known() ?? compress() }));

/** known is what the manifest of build.sh says of these very bytes. */
function known() {
  if (!existsSync(manifest)) return undefined;
  const { sha256, brotli } = JSON.parse(readFileSync(manifest, "utf8"));
  return sha256 === createHash("sha256").update(wasm).digest("hex") ? brotli : undefined;
}

function compress() {
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: 11,
    [constants.BROTLI_PARAM_LGWIN]: 24,
    [constants.BROTLI_PARAM_SIZE_HINT]: wasm.length,
  };
  return brotliCompressSync(wasm, { params }).length;
}
