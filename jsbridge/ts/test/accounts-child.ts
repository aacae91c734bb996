/** A process that shares a folder of sign-ins: accounts-child.js hold|count DIR */
import { FileAccounts } from "../src/node-accounts.js";

const [what, dir = ""] = process.argv.slice(2);
const accounts = new FileAccounts(dir);
const signal = new AbortController().signal;

if (what === "hold") {
  await accounts.lock("a", signal);
  process.stdout.write("held\n");
  setInterval(() => undefined, 1_000);
}
for (let i = 0; what === "count" && i < 25; i++) {
  const release = await accounts.lock("a", signal);
  await accounts.put("a", String(Number((await accounts.get("a")) ?? "0") + 1));
  release();
}
