import { win32 } from "node:path";
import { variable } from "./command-path.js";

/** What to hand to child_process.spawn on Windows. */
export interface WindowsCommand {
  command: string;
  args: string[];
  /** The arguments are one command line as it stands, not a list for Node to quote. */
  verbatim: boolean;
}

/**
 * windowsCommand says how to start a file. Windows starts .exe and .com itself; a batch file, which `npx` and most
 * of npm's commands are, is run by cmd.exe whatever one does, so it is called openly, with a command line that
 * cmd.exe cannot read as anything but arguments (CVE-2024-27980). Windows passes over dots and spaces at the end of a
 * name, so that "x.bat. " is a batch file too (CVE-2024-43402).
 *
 * @throws Error where an argument cannot be passed to a batch file
 */
export function windowsCommand(file: string, args: string[], env: Record<string, string>): WindowsCommand {
  if (!/\.(cmd|bat)[. ]*$/i.test(file)) return { command: file, args, verbatim: false };
  const cmd = win32.join(variable(env, "SYSTEMROOT", true) || "C:\\Windows", "System32", "cmd.exe");
  return { command: cmd, args: ["/e:on", "/v:off", "/d", "/s", "/c", `"${batchLine(file, args)}"`], verbatim: true };
}

/**
 * Within double quotes cmd.exe takes & | < > ^ as they are, so everything is quoted. A quote is doubled, which
 * both cmd.exe and the program behind read as one quote and never as the end; a percent sign is followed by a
 * variable that is always empty, so that no %NAME% is left. This is what Rust's standard library does.
 */
function batchLine(file: string, args: string[]): string {
  return [file, ...args].map(quoted).join(" ");
}

function quoted(arg: string): string {
  if (/[\0\r\n]/.test(arg)) throw new Error("an argument with a line break cannot be passed to a batch file");
  const escaped = arg.replace(/(\\*)("|$)/g, (_, slashes: string, quote: string) =>
    slashes + slashes + (quote === "" ? "" : '""'));
  return `"${escaped.replaceAll("%", "%%cd:~,%")}"`;
}
