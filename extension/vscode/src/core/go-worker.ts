/** Go's runtime in a worker that other extensions share. No vscode here. */
import type { GoConstructor } from "headfast";

/**
 * Evaluates wasm_exec.js against a global of its own, since it would leave `Go`, `fs`, `process` and
 * `path` behind in everybody's. Getters such as crypto's work on the real global alone, hence the copies.
 */
export function goRuntime(source: string, print: (text: string) => void): GoConstructor {
  const { crypto, performance } = globalThis;
  const fs = printer(print);
  // Defined, not assigned: assigning runs the setters of the real global.
  const own = Object.getOwnPropertyDescriptors({ crypto, performance, fs, process: undefined, path: undefined, Go: undefined });
  const scope = Object.create(globalThis, own) as { Go?: GoConstructor };
  new Function("globalThis", "fs", source)(scope, fs);
  if (!scope.Go) throw new TypeError("this is no wasm_exec.js: it defines no Go");
  return scope.Go;
}

/** The part of fs that Go's start-up and its print need. */
function printer(print: (text: string) => void): object {
  const utf8 = new TextDecoder();
  const flags = ["O_WRONLY", "O_RDWR", "O_CREAT", "O_TRUNC", "O_APPEND", "O_EXCL", "O_DIRECTORY"];
  return {
    constants: Object.fromEntries(flags.map((flag) => [flag, -1])),
    writeSync(_fd: number, bytes: Uint8Array): number {
      print(utf8.decode(bytes, { stream: true }));
      return bytes.length;
    },
  };
}
