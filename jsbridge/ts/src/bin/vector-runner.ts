/** Runs vectors from standard input in Node: vector-runner.mjs HEADFAST.WASM WASM_EXEC.JS */
import { readFileSync } from "node:fs";
import { text } from "../errors.js";
import { errorFrame, okFrame, readList } from "../frames.js";
import type { GoConstructor } from "../go-runtime.js";
import { loadGo } from "../go-node.js";
import { runVector } from "../vector-runner.js";

async function main(wasm: string, wasmExec: string): Promise<void> {
  const module = await WebAssembly.compile(readFileSync(wasm));
  const Go = loadGo(readFileSync(wasmExec, "utf8"), (line) => process.stderr.write(line));
  let rest = new Uint8Array(0);
  for await (const chunk of process.stdin) {
    rest = Buffer.concat([rest, chunk as Uint8Array]);
    for (let frame = readList(rest); frame !== undefined; frame = readList(rest)) {
      rest = rest.subarray(frame.size);
      process.stdout.write(await answer(module, Go, frame.list));
    }
  }
  if (rest.length > 0) throw new Error(`standard input ended inside a frame, ${rest.length} bytes into it`);
}

async function answer(module: WebAssembly.Module, Go: GoConstructor, batches: Uint8Array[]): Promise<Uint8Array> {
  try {
    return okFrame(await runVector(module, Go, batches));
  } catch (e) {
    return errorFrame(text(e));
  }
}

const [wasm, wasmExec] = process.argv.slice(2);
if (wasm === undefined || wasmExec === undefined) {
  process.stderr.write("usage: vector-runner.mjs HEADFAST.WASM WASM_EXEC.JS\n");
  process.exit(2);
}
await main(wasm, wasmExec);
