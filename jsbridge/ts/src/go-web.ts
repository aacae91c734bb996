import { globalGo } from "./go-runtime.js";
import type { GoConstructor } from "./go-runtime.js";

/** loadGo runs wasm_exec.js, as a module for its side effect, where no script tag has done it. */
export async function loadGo(url: string): Promise<GoConstructor> {
  if (!("Go" in globalThis)) await import(url);
  return globalGo();
}

/** compile streams a module, and falls back where the server does not say application/wasm. */
export async function compile(url: string): Promise<WebAssembly.Module> {
  const response = await fetch(url, { credentials: "same-origin" });
  if (!response.ok) throw new TypeError(`${url}: HTTP ${response.status}`);
  const type = response.headers.get("content-type") ?? "";
  if (type.startsWith("application/wasm")) return WebAssembly.compileStreaming(response);
  return WebAssembly.compile(await response.arrayBuffer());
}
