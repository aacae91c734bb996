import { compileFunction } from "node:vm";
import type { GoConstructor } from "./go-runtime.js";

/**
 * loadGo evaluates wasm_exec.js against a global of its own, so that it neither leaves `Go` and `fs`
 * behind nor writes to this process's standard output, which may carry a protocol. What the Go program
 * prints, such as a panic's text, goes to `print`.
 *
 * @param source - the text of wasm_exec.js as GOROOT/lib/wasm has it
 */
export function loadGo(source: string, print: (text: string) => void): GoConstructor {
  const fs = printer(print);
  const own = {
    fs,
    // these hide node's: the module then sees what it sees in a page
    process: undefined, path: undefined, Go: undefined,
    // a getter that wants the real global for its "this"
    crypto: globalThis.crypto,
  };
  const scope = Object.create(globalThis, Object.getOwnPropertyDescriptors(own)) as { Go?: GoConstructor };
  compileFunction(source, ["globalThis", "fs"], { filename: "wasm_exec.js" })(scope, fs);
  if (scope.Go === undefined) throw new TypeError("this is no wasm_exec.js: it defines no Go");
  return scope.Go;
}

/** printer is the part of node's fs that Go's start-up and its print need. */
function printer(print: (text: string) => void): object {
  const utf8 = new TextDecoder();
  const writeSync = (_fd: number, bytes: Uint8Array): number => {
    print(utf8.decode(bytes, { stream: true }));
    return bytes.length;
  };
  const none = -1;
  return {
    constants: {
      O_WRONLY: none, O_RDWR: none, O_CREAT: none, O_TRUNC: none, O_APPEND: none, O_EXCL: none, O_DIRECTORY: none,
    },
    writeSync,
    write(
      fd: number, bytes: Uint8Array, at: number, n: number, _position: null,
      done: (e: Error | null, n: number) => void,
    ): void {
      done(null, writeSync(fd, bytes.subarray(at, at + n)));
    },
  };
}
