/** A core whose answers are written down. */
import type { Core, Explained, HeaderUse, Problem, Session } from "../src/core.js";

const nowhere = { file: "", line: 0 };

export const refused: Problem = {
  code: "HF101",
  severity: "error",
  title: "The server refused the key it was sent",
  body: "127.0.0.1 answered 401",
  hint: "Put a valid key into .mcp.json:7.",
  where: { file: ".mcp.json", line: 7 },
};

export function header(part: Partial<HeaderUse> = {}): HeaderUse {
  const base = { name: "X-API-Key", where: { file: ".mcp.json", line: 7 }, variables: [], defaults: [], unset: [] };
  return { ...base, scheme: "", fingerprint: "", length: 14, sent: true, note: "", ...part };
}

export function explained(part: Partial<Explained> = {}): Explained {
  const auth = { reason: "", header: [header()], origin: "https://acme.example" };
  return { server: "acme", transport: "http", method: "POST", url: "https://acme.example/mcp", auth, problems: [], ...part };
}

export class FakeSession implements Session {
  closed = 0;
  async listTools() {
    return [{ name: "test_tool" }];
  }
  async close() {
    this.closed++;
  }
}

/** Its configurations are lists of server names; each connect takes the next of the attempts. */
export class FakeCore implements Core {
  ended: unknown = undefined;
  texts: string[] = [];
  connects = 0;
  attempts: (Session | Problem)[] = [];
  variable: string | undefined;
  env: (name: string) => string | undefined = () => undefined;

  async load({ text }: { text: string }) {
    this.texts.push(text);
    const servers = text.split(" ").map((name) => ({ name, transport: "http" }));
    const problem = { ...refused, code: "HF201", title: text, where: nowhere };
    return text.startsWith("{") ? { id: 1, servers: [], problems: [problem] } : { id: 1, servers, problems: [] };
  }

  async explain(_config: number, server: string) {
    if (this.variable) this.env(this.variable);
    return explained({ server });
  }

  async connect() {
    this.connects++;
    const next = this.attempts.shift();
    if (next && "listTools" in next) return next;
    throw next ?? new Error("no more attempts");
  }
}
