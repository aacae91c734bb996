// Builds and packs ../../dist/headfast.vsix with vsce. The licence is the repository's own.
import { copyFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { createVSIX } from "@vscode/vsce";

const at = (path) => fileURLToPath(new URL(path, import.meta.url));

await import("./build.mjs");
await copyFile(at("../../../LICENSE"), at("../LICENSE"));
await createVSIX({ cwd: at(".."), packagePath: at("../../../dist/headfast.vsix"), dependencies: false });
