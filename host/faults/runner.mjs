// node runner.mjs DIST: one core. Each line of stdin is an order with a number, answered by a line with that number;
// orders are carried out at the same time. At the end of stdin the core is closed, and the process must end by
// itself: what the core left behind would keep it.
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const { open } = await import(pathToFileURL(`${process.argv[2]}/node.js`));
const core = await open({ client: { name: "faults", title: "Faults", version: "1" }, proxy: "none" });
const sessions = new Map();

function take(counts, params) {
  const seq = params?.seq;
  if (typeof seq !== "number") return;
  counts.Count++;
  if (seq !== counts.Last + 1) counts.Disorder++;
  counts.Last = seq;
}

const orders = {
  async connect({ session, config, timeoutMs }) {
    const loaded = await core.load({ path: ".mcp.json", text: config });
    const counts = { Count: 0, Last: 0, Disorder: 0, Gaps: [], Logs: 0, LogBytes: 0 };
    const s = await core.connect(loaded.id, "peer", {
      timeoutMs,
      onGap: ({ why }) => counts.Gaps.push(why),
      onLog: ({ text }) => {
        counts.Logs += Number(/^and (\d+) more line/.exec(text)?.[1] ?? 1); // of a flood only the number is told
        counts.LogBytes += text.length;
      },
    });
    s.onMessage(({ params }) => take(counts, params));
    sessions.set(session, { s, counts, end: new AbortController() });
    return {};
  },
  async call({ session, nonce, timeoutMs, progress, afterMs, pad }) {
    const came = { Progress: 0, Disorder: 0 };
    let over = false;
    try {
      const r = await sessions.get(session).s.callTool("run", pad ? { nonce, pad: "x".repeat(pad) } : { nonce }, {
        timeoutMs,
        signal: afterMs ? AbortSignal.timeout(afterMs) : undefined,
        onProgress: progress
          ? (p) => {
              came.Progress++;
              if (p.progress !== came.Progress || over) came.Disorder++;
            }
          : undefined,
      });
      return { ...came, Text: r.content?.[0]?.text ?? "" };
    } catch (e) {
      return { ...came, ...failed(e) };
    } finally {
      over = true;
    }
  },
  async list({ session, timeoutMs }) {
    const tools = await sessions.get(session).s.listTools({ timeoutMs, fresh: true });
    if (tools.length !== 1) throw new Error("the list has not one tool");
    return {};
  },
  async listen({ session }) {
    const { s, counts, end } = sessions.get(session);
    s.listen({ uris: ["x://seq"] }, ({ params }) => take(counts, params), { signal: end.signal }).catch(() => undefined);
    return {};
  },
  heard: async ({ session }) => sessions.get(session).counts,
  async close({ session }) {
    const { s, end } = sessions.get(session);
    end.abort();
    await s.close();
    return {};
  },
  memory: async () => ({ Memory: process.memoryUsage().rss }),
};

function failed(e) {
  if (e?.name !== "HeadfastError") return { Kind: "no HeadfastError", Message: String(e?.stack ?? e) };
  return { Kind: e.outcome, Code: e.code, Message: `${e.title}: ${e.body}` };
}

async function carryOut(order) {
  let came;
  try {
    came = { Kind: "result", ...(await orders[order.do](order)) };
  } catch (e) {
    came = failed(e);
  }
  process.stdout.write(`${JSON.stringify({ ...came, n: order.n })}\n`);
}

for await (const line of createInterface({ input: process.stdin })) void carryOut(JSON.parse(line));
await core.close();
