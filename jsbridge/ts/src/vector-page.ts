/** Runs vectors in a page: takes them from GET /next and gives the answers to POST /answer. */
import { text } from "./errors.js";
import { errorFrame, okFrame, readList } from "./frames.js";
import { compile, loadGo } from "./go-web.js";
import { runVector } from "./vector-runner.js";

const origin = (window as { HEADFAST_ORIGIN?: string }).HEADFAST_ORIGIN ?? location.origin;

async function main(): Promise<void> {
  const Go = await loadGo(`${origin}/wasm_exec.js`);
  const module = await compile(`${origin}/headfast.wasm`);
  for (;;) {
    const next = await fetch(`${origin}/next`, { cache: "no-store" });
    if (next.status === 204) return;
    await fetch(`${origin}/answer`, { method: "POST", body: await answer(next, module, Go) });
  }
}

async function answer(
  next: Response, module: WebAssembly.Module, Go: Awaited<ReturnType<typeof loadGo>>,
): Promise<Uint8Array<ArrayBuffer>> {
  try {
    const frame = readList(new Uint8Array(await next.arrayBuffer()));
    if (frame === undefined) throw new Error("a frame that is not whole");
    return okFrame(await runVector(module, Go, frame.list));
  } catch (e) {
    return errorFrame(text(e));
  }
}

main().then(
  () => { document.title = "done"; },
  (e: unknown) => { document.title = `failed: ${text(e)}`; },
);
