/** Starts the core from the two files that lie beside the page. */
import { open } from "headfast/web";
import type { OpenCore } from "./core.js";

const client = { name: "headfast-playground", title: "Headfast playground", version: "0.1.0" };

export const openCore: OpenCore = (env) =>
  open({ client, env, wasm: new URL("headfast.wasm", document.baseURI), wasmExec: new URL("wasm_exec.js", document.baseURI) });
