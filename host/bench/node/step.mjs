// The module alone in Node: "WASM TAPE WASM_EXEC". See cmd/step, whose replay this is.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const EMPTIES = 20_000;
const [wasmFile, tapeFile, wasmExec] = process.argv.slice(2);
await import(pathToFileURL(wasmExec));

const now = () => Number(process.hrtime.bigint());
let bytes = 0;

function lists(tape) {
  const view = new DataView(tape.buffer, tape.byteOffset, tape.byteLength);
  let at = 0;
  const number = () => view.getUint32((at += 4) - 4, true);
  const batch = () => {
    const size = number();
    return tape.subarray(at, (at += size));
  };
  const list = () => Array.from({ length: number() }, batch);
  return [list(), list(), list()];
}

function step({ alloc, step, mem }, batch) {
  const intake = alloc(batch.length) >>> 0;
  new Uint8Array(mem.buffer, intake, batch.length).set(batch);
  const answer = BigInt.asUintN(64, step(batch.length));
  return new Uint8Array(mem.buffer, Number(answer >> 32n), Number(answer & 0xffff_ffffn)).slice();
}

/** time is the mean of a step in nanoseconds. */
function time(core, batches) {
  const began = now();
  for (const batch of batches) bytes += step(core, batch).length;
  return (now() - began) / batches.length;
}

const wasm = readFileSync(wasmFile);
const [setup, empty, calls] = lists(readFileSync(tapeFile));
const t0 = now();
const module = await WebAssembly.compile(wasm);
const t1 = now();
const go = new globalThis.Go();
const instance = await WebAssembly.instantiate(module, go.importObject);
go.run(instance);
const t2 = now();
const core = instance.exports;
const warm = Math.floor(calls.length / 10) * 2;
time(core, setup);
time(core, calls.slice(0, warm));
const call_ns = time(core, calls.slice(warm));
const empty_ns = time(core, new Array(EMPTIES).fill(empty[0]));
console.log(JSON.stringify({ compile_ns: t1 - t0, start_ns: t2 - t1, empty_ns, call_ns, bytes }));
process.exit(0);
