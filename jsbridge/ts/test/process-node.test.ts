import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { NodeProcesses } from "../src/process-node.js";
import { Running, alive, gone, node } from "./process-rig.js";

const posix = { skip: process.platform === "win32" };
const FOREVER = "setInterval(() => {}, 1000);";
const STUBBORN = `process.on("SIGTERM", () => console.log("no")); ${FOREVER} console.log("up");`;

test("what is written comes back, and closing its input ends it", async () => {
  const run = node("process.stdin.pipe(process.stdout)");
  run.write("héllo\n");
  await run.says("héllo");
  run.write("again\n");
  await run.says("again");
  run.handle.stop("close");
  assert.deepEqual(await run.ended, { kind: "exit", detail: "it exited with code 0", sent: true });
  assert.equal(run.ends, 1);
});

test("an exit by itself has its code, and all its output comes before", async () => {
  const run = node(`process.stdout.write("x".repeat(1e6)); console.error("why"); process.exitCode = 3`);
  assert.deepEqual(await run.ended, { kind: "exit", detail: "it exited with code 3", sent: false });
  assert.equal(run.out.length, 1e6);
  assert.equal(run.err, "why\n");
});

test("a signal is named", posix, async () => {
  const run = node(`process.kill(process.pid, "SIGKILL"); ${FOREVER}`);
  assert.deepEqual(await run.ended, { kind: "exit", detail: "it was ended by SIGKILL", sent: false });
});

test("one that ignores close and SIGTERM goes at kill", posix, async () => {
  const run = node(STUBBORN);
  await run.says("up");
  run.handle.stop("close");
  run.handle.stop("terminate");
  await run.says("no");
  assert.equal(run.ends, 0);
  run.handle.stop("kill");
  assert.deepEqual(await run.ended, { kind: "exit", detail: "it was ended by SIGKILL", sent: false });
});

test("what it started ends with it", posix, async () => {
  const code = `const c = require("child_process").spawn(process.execPath, ["-e", ${JSON.stringify(STUBBORN)}], { stdio: "ignore" });
    console.log("pid", c.pid, "."); ${FOREVER}`;
  const run = node(code);
  await run.says(".");
  const pid = Number(run.out.split(" ")[1]);
  assert.ok(alive(pid));
  run.handle.stop("terminate");
  assert.match((await run.ended)?.detail ?? "", /SIGTERM/);
  assert.ok(await gone(pid), "the grandchild is killed");
});

test("one that left holding the output does not hold the end up for ever", posix, async (t) => {
  const code = `const c = require("child_process").spawn(process.execPath, ["-e", ${JSON.stringify(FOREVER)}],
      { stdio: "inherit", detached: true });
    c.unref(); console.log("pid", c.pid, ".");`;
  const run = node(code);
  await run.says(".");
  const pid = Number(run.out.split(" ")[1]);
  t.after(() => process.kill(pid, "SIGKILL"));
  const start = performance.now();
  assert.equal((await run.ended)?.detail, "it exited with code 0");
  assert.ok(performance.now() - start < 4_000);
});

test("a flood on standard error is read one piece at a time", async () => {
  const run = node(`const b = "e".repeat(1 << 20); (function go() { process.stderr.write(b, go); })()`);
  let open = (): void => undefined;
  run.gate = new Promise((resolve) => {
    open = resolve;
  });
  await new Promise((resolve) => setTimeout(resolve, 400));
  assert.ok(run.pieces <= 1, `${run.pieces} pieces before the first was stepped`);
  open();
  run.gate = Promise.resolve();
  await new Promise((resolve) => setTimeout(resolve, 100));
  assert.ok(run.pieces > 10);
  run.handle.stop("kill");
  await run.ended;
});

test("what does not read is ended when 64 MiB wait", async () => {
  const run = node(FOREVER);
  run.write("x");
  const piece = new Uint8Array(1 << 20);
  for (let i = 0; i < 70; i++) run.handle.write(piece);
  await new Promise((resolve) => setTimeout(resolve, 200));
  for (let i = 0; i < 70; i++) run.handle.write(piece);
  const failure = await run.ended;
  assert.deepEqual([failure?.kind, failure?.sent], ["limit", true]);
});

test("one that closes its input goes on, and what is written to it is lost", posix, async () => {
  const run = node(`require("fs").closeSync(0); console.log("deaf"); setTimeout(() => {}, 300)`);
  await run.says("deaf");
  run.write("hello\n");
  await new Promise((resolve) => setTimeout(resolve, 50));
  run.write("hello\n");
  assert.equal((await run.ended)?.detail, "it exited with code 0");
});

test("what cannot be started says why", async (t) => {
  const dir = mkdtempSync(join(tmpdir(), "headfast-"));
  t.after(() => rmSync(dir, { recursive: true }));
  writeFileSync(join(dir, "plain"), "text");
  const cases: [Running, RegExp][] = [
    [new Running({ command: "headfast-no-such-command" }), /^there is no program headfast-no-such-command that can be run$/],
    [new Running({ dir: join(dir, "nowhere") }), /^the folder .*nowhere is not there$/],
    [new Running({ args: ["\0"] }), /^a null byte cannot be passed on$/],
  ];
  if (process.platform !== "win32") cases.push([new Running({ command: join(dir, "plain") }), /that can be run$/]);
  for (const [run, detail] of cases) {
    const failure = await run.ended;
    assert.deepEqual([failure?.kind, failure?.sent], ["spawn", false]);
    assert.match(failure?.detail ?? "", detail);
    run.write("to nobody");
    run.handle.stop("kill");
    assert.equal(run.ends, 1);
  }
});

test("it starts in its folder, with its arguments as they are", async (t) => {
  const dir = realpathSync(mkdtempSync(join(tmpdir(), "headfast-")));
  t.after(() => rmSync(dir, { recursive: true }));
  const args = ["$(id)", "a b", `"q"`, "*", "; exit 1", ""];
  const run = node("console.log(JSON.stringify([process.cwd(), ...process.argv.slice(1)]))", { dir });
  await run.ended;
  assert.deepEqual(JSON.parse(run.out), [dir]);
  const other = new Running({ args: ["-e", "console.log(JSON.stringify(process.argv.slice(1)))", "--", ...args], dir });
  await other.ended;
  assert.deepEqual(JSON.parse(other.out), args);
});

test("its environment is what the platform needs and what is configured", posix, async () => {
  const values: Record<string, string> = {
    PATH: process.env["PATH"] ?? "", HOME: "/home/x", LANG: "C", SHELL: "() { :; }; echo no", GITHUB_TOKEN: "secret", NODE_OPTIONS: "--bad",
  };
  const env = [{ name: "API_KEY", value: "k" }, { name: "HOME", value: "/configured" }];
  const run = node("console.log(JSON.stringify(process.env))", { env }, (name) => Promise.resolve(values[name]));
  await run.ended;
  const seen = JSON.parse(run.out) as Record<string, string>;
  delete seen["__CF_USER_TEXT_ENCODING"]; // macOS adds it
  assert.deepEqual(seen, { PATH: values["PATH"], HOME: "/configured", LANG: "C", API_KEY: "k" });
});

test("one that is stopped before it starts never starts, and close kills the rest", posix, async () => {
  const early = node(`console.log("ran")`);
  early.handle.stop("close");
  assert.deepEqual(await early.ended, { kind: "aborted", detail: "it was stopped before it started", sent: false });
  assert.equal(early.out, "");
  const processes = new NodeProcesses();
  const run = new Running({ args: ["-e", STUBBORN] }, undefined, processes);
  await run.says("up");
  processes.close();
  assert.match((await run.ended)?.detail ?? "", /SIGKILL/);
});

test("a host that exits leaves no process behind", posix, async () => {
  const module = new URL("../src/process-node.js", import.meta.url).href;
  const code = `import { NodeProcesses } from ${JSON.stringify(module)};
    const sink = { stdout: async (d) => { console.log(String(d)); process.exit(0); }, stderr: async () => {}, end() {} };
    const effect = { id: 1, session: 1, command: process.execPath, env: [], dir: "",
      args: ["-e", ${JSON.stringify(`process.on("SIGTERM", () => 0); ${FOREVER} console.log(process.pid)`)}] };
    new NodeProcesses().start(effect, () => undefined, sink);`;
  const pid = Number(execFileSync(process.execPath, ["--input-type=module", "-e", code], { encoding: "utf8" }));
  assert.ok(pid > 0 && (await gone(pid)));
});
