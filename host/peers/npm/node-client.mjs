// node node-client.mjs DIST VISIT: visits one server with jsbridge/ts/dist/node.js and prints what came of it.
import { pathToFileURL } from "node:url";
import { visit } from "./visit.mjs";

const [dist, what] = process.argv.slice(2);
const { open } = await import(pathToFileURL(`${dist}/node.js`));
console.log(JSON.stringify(await visit(open, JSON.parse(what))));
