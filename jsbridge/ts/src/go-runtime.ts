/** An instance of the class that Go's own wasm_exec.js defines as `globalThis.Go`. */
export interface GoRuntime {
  argv: string[];
  env: Record<string, string>;
  /** Called when the Go program ends; after a panic too, and then before the export returns. */
  exit: (code: number) => void;
  readonly importObject: WebAssembly.Imports;
  /** Starts the program. The promise does not resolve while the program lives. */
  run(instance: WebAssembly.Instance): Promise<void>;
}

/** Makes a fresh runtime for each instance of the module. */
export type GoConstructor = new () => GoRuntime;

/** globalGo is the class that a script tag or an import of wasm_exec.js left behind. */
export function globalGo(): GoConstructor {
  const go = (globalThis as { Go?: GoConstructor }).Go;
  if (go === undefined) throw new TypeError("wasm_exec.js has not been loaded: globalThis.Go is missing");
  return go;
}
