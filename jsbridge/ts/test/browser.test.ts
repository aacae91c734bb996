import assert from "node:assert/strict";
import { chmodSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { TestContext } from "node:test";
import { browserCommand, openBrowser } from "../src/browser.js";
import { LoopbackSignIn } from "../src/node-signin.js";
import { folder } from "./folder.js";

const posix = { skip: process.platform !== "linux" };

/** program puts an xdg-open into the PATH of this test. It writes its arguments, as JSON, to a file: then it does `after`. */
function program(t: TestContext, after: string): string {
  const dir = folder(t);
  const log = join(dir, "log");
  const file = join(dir, "xdg-open");
  writeFileSync(file, `#!${process.execPath}\nrequire("fs").writeFileSync(${JSON.stringify(log)}, JSON.stringify(process.argv.slice(2)));\n${after}\n`);
  chmodSync(file, 0o755);
  const before = process.env["PATH"];
  process.env["PATH"] = `.:${dir}:${before ?? ""}`;
  t.after(() => { process.env["PATH"] = before; });
  return log;
}

test("a browser is started with the URL as its one argument, which no shell reads", posix, async (t) => {
  const log = program(t, "");
  const marker = join(folder(t), "marker");
  const url = `https://as.test/x?a=$(touch%20${marker})&b=;touch${"$"}{IFS}${marker}&c=%26calc|d`;
  await new LoopbackSignIn().open({ server: "rig", url, code: "", redirect: 0 });
  assert.deepEqual(JSON.parse(readFileSync(log, "utf8")), [url]);
  assert.equal(existsSync(marker), false);
});

test("a browser that does not start is an error, one that goes on is none", posix, async (t) => {
  program(t, "process.exit(3)");
  await assert.rejects(openBrowser("https://as.test/"), /ended with 3/);
  const log = program(t, "setTimeout(() => undefined, 4_000)");
  const start = performance.now();
  await openBrowser("https://as.test/");
  assert.ok(performance.now() - start < 3_500);
  assert.equal(existsSync(log), true);
});

test("each system has its command, never a shell's, by its whole path", (t) => {
  assert.deepEqual(browserCommand("darwin", {}), ["/usr/bin/open"]);
  assert.deepEqual(browserCommand("win32", {}), ["C:\\Windows\\System32\\rundll32.exe", "url.dll,FileProtocolHandler"]);
  assert.deepEqual(browserCommand("win32", { SYSTEMROOT: "D:\\W" }), ["D:\\W\\System32\\rundll32.exe", "url.dll,FileProtocolHandler"]);
  const dir = folder(t);
  writeFileSync(join(dir, "xdg-open"), "", { mode: 0o755 });
  assert.deepEqual(browserCommand("linux", { PATH: `.:rel:${dir}` }), [join(dir, "xdg-open")]);
  assert.throws(() => browserCommand("linux", { PATH: "." }), /no xdg-open/);
  assert.throws(() => browserCommand("linux", {}), /no xdg-open/);
});
