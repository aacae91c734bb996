import assert from "node:assert/strict";
import { test } from "node:test";
import { commandPath } from "../src/command-path.js";
import { processEnv } from "../src/process-env.js";
import { windowsCommand } from "../src/windows-command.js";
import type { WindowsCommand } from "../src/windows-command.js";

const env = { Path: "C:\\bin;.;relative;C:\\Program Files\\nodejs", PATHEXT: ".COM;.EXE;.BAT;.CMD", SYSTEMROOT: "C:\\Windows" };
const files = new Set([
  "C:\\Program Files\\nodejs\\npx.CMD", "C:\\Program Files\\nodejs\\npx", "C:\\bin\\uvx.EXE", "C:\\w\\run.bat", "C:\\w\\npx.CMD",
]);

function found(command: string, args: string[] = []): WindowsCommand {
  const file = commandPath(command, env, "C:\\w", true, (path) => files.has(path));
  return windowsCommand(file ?? "", args, env);
}

/** The command line that cmd.exe is given for npx. */
function line(...args: string[]): string | undefined {
  return found("npx", args).args.at(-1);
}

test("a program is started itself, by its path", () => {
  assert.deepEqual(found("uvx", ["a b"]), { command: "C:\\bin\\uvx.EXE", args: ["a b"], verbatim: false });
  assert.equal(found("uvx.exe").command, "");
  assert.equal(found("nowhere").command, "");
});

test("a batch file is run by the system's cmd.exe, and never the one in the folder", () => {
  const npx = found("npx", ["-y", "server"]);
  assert.equal(npx.command, "C:\\Windows\\System32\\cmd.exe");
  assert.deepEqual(npx.args.slice(0, -1), ["/e:on", "/v:off", "/d", "/s", "/c"]);
  assert.equal(npx.args.at(-1), `""C:\\Program Files\\nodejs\\npx.CMD" "-y" "server""`);
  assert.equal(npx.verbatim, true);
  assert.equal(found(".\\run.bat").args.at(-1), `""C:\\w\\run.bat""`);
});

test("a batch file is one with dots and spaces at the end of its name, which Windows passes over", () => {
  for (const name of ["run.bat.", "run.bat ", "run.CMD. . "]) {
    const { command, verbatim } = windowsCommand(`C:\\w\\${name}`, ["a&calc"], env);
    assert.deepEqual([command, verbatim], ["C:\\Windows\\System32\\cmd.exe", true], name);
  }
  for (const name of ["run.bat.exe", "run.bat\\x. "]) assert.equal(windowsCommand(`C:\\w\\${name}`, [], env).verbatim, false, name);
});

test("on POSIX a bare name is looked up in the absolute folders of PATH, a path is from the folder", () => {
  const there = new Set(["/bin/npx", "/w/npx", "/w/bin/npx"]);
  const path = (command: string, PATH: string): string | undefined =>
    commandPath(command, { PATH }, "/w", false, (file) => there.has(file));
  assert.equal(path("npx", "bin:.::/usr/bin:/bin"), "/bin/npx");
  assert.equal(path("npx", ".:bin"), undefined);
  assert.equal(path("npx", ""), undefined);
  assert.equal(path("./npx", "/bin"), "/w/npx");
  assert.equal(path("bin/npx", "/bin"), "/w/bin/npx");
  assert.equal(path("/bin/npx", ""), "/bin/npx");
});

test("no argument ends its quotes, expands or starts a command", () => {
  const npx = `""C:\\Program Files\\nodejs\\npx.CMD" `;
  const cases: [string, string][] = [
    ["a&calc", `"a&calc"`],
    [`a"&calc`, `"a""&calc"`],
    [`a\\"b`, `"a\\\\""b"`],
    ["C:\\dir\\", `"C:\\dir\\\\"`],
    ["%PATH%", `"%%cd:~,%PATH%%cd:~,%"`],
    ["", `""`],
    ["^|<>!", `"^|<>!"`],
  ];
  for (const [arg, quoted] of cases) assert.equal(line(arg), `${npx}${quoted}"`);
  for (const arg of ["a\nb", "a\rb", "a\0b"]) assert.throws(() => line(arg), /line break/);
});

test("variables are one by any case of their names on Windows", async () => {
  const host = (name: string): string | undefined => (name === "PATH" ? "C:\\host" : undefined);
  const configured = [{ name: "Path", value: "C:\\mine" }, { name: "Key", value: "v" }];
  assert.deepEqual(await processEnv(host, configured, true), { Path: "C:\\mine", Key: "v" });
  assert.deepEqual(await processEnv(host, configured, false), { PATH: "C:\\host", Path: "C:\\mine", Key: "v" });
});

test("a variable that cannot be looked up is not set", async () => {
  const env = (name: string): Promise<string> => (name === "HOME" ? Promise.resolve("h") : Promise.reject(new Error("no")));
  assert.deepEqual(await processEnv(env, [], false), { HOME: "h" });
});
