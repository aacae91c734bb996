// What all Node contenders of the benchmark share: the command line "SCENARIO URL N" and the one line of
// JSON with what a scenario took. The same as internal/lap in Go, where the fields are explained.
import { readFileSync } from "node:fs";

const SAID = "hello, loopback";
const IN_FLIGHT = 32;

/** lap runs the scenario that the command line names with a contender: list, text, flood, close. */
export async function lap(open) {
  const [scenario, url, count] = process.argv.slice(2);
  const client = await open(url);
  const result = await run(client, scenario, Number(count));
  await client.close();
  console.log(JSON.stringify({ ...result, peak_kb: peakKB() }));
}

async function run(client, scenario, n) {
  const start = performance.now();
  if ((await client.list()) === 0) throw new Error("no tools");
  switch (scenario) {
    case "list": return { ops: 1, ns: since(start), lost: 0 };
    case "call": return timed(n, n / 4, (k) => calls(client, k));
    case "flight": return timed(n, n / 4, (k) => flight(client, k));
    case "big": return timed(1, 0, () => text(client, "big", { bytes: n }, n));
    case "flood": return flood(client, n);
  }
  throw new Error(`no scenario ${scenario}`);
}

/** timed does f(warm), untimed, and then f(n). */
async function timed(n, warm, f) {
  if (warm > 0) await f(Math.floor(warm));
  const start = performance.now();
  await f(n);
  return { ops: n, ns: since(start), lost: 0 };
}

async function calls(client, n) {
  for (let i = 0; i < n; i++) await text(client, "echo", { text: SAID }, SAID.length);
}

async function flight(client, n) {
  const share = (i) => Math.floor(n / IN_FLIGHT) + (i < n % IN_FLIGHT ? 1 : 0);
  await Promise.all(Array.from({ length: IN_FLIGHT }, (_, i) => calls(client, share(i))));
}

/** text makes one call and checks that the whole text came. */
async function text(client, tool, args, want) {
  const got = await client.text(tool, args);
  if (got.length !== want) throw new Error(`${tool} answered ${got.length} characters, want ${want}`);
}

async function flood(client, n) {
  let count = 0;
  const start = performance.now();
  await client.flood((progress) => {
    if (progress.progress > 0) count++;
  });
  for (let last = -1; count < n && count !== last;) {
    last = count;
    await new Promise((resolve) => setTimeout(resolve, count === 0 ? 1000 : 100));
  }
  return { ops: n, ns: since(start), lost: n - count };
}

const since = (start) => Math.round((performance.now() - start) * 1e6);

function peakKB() {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync("/proc/self/status", "latin1"))[1]);
  } catch {
    return 0;
  }
}
