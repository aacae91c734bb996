/** A core whose answers are written down. */
import type { Auth, Core, HeaderUse, Loaded, Problem, Server, Session } from "../src/core.js";

export const refused: Problem = {
  code: "HF101",
  title: "The server refused the key it was sent",
  body: '127.0.0.1 answered 401: "Missing or invalid API key"',
  hint: "Edit .mcp.json:7",
  where: { file: ".mcp.json", line: 7 },
};

export function header(part: Partial<HeaderUse> = {}): HeaderUse {
  const where = { file: ".mcp.json", line: 7 };
  return { name: "X-API-Key", where, unset: [], scheme: "", fingerprint: "", length: 14, credential: true, sent: true, note: "", ...part };
}

export function auth(...headers: HeaderUse[]): Auth {
  return { reason: "A header is configured", header: headers };
}

export function server(part: Partial<Server> = {}): Server {
  return { name: "acme", transport: "http", url: "https://acme.example/mcp", auth: auth(), problems: [], ...part };
}

export class FakeSession implements Session {
  closed = 0;
  async listTools() {
    return [{ name: "test_tool", description: "A test tool" }];
  }
  async close() {
    this.closed++;
  }
}

/** Each connect takes the next of these. */
export class FakeCore implements Core {
  ended: unknown = undefined;
  startsProcesses = false;
  loads = 0;
  closed = 0;
  connects = 0;
  attempts: (Session | Problem | Promise<Session>)[] = [];
  servers: Server[] = [server()];

  async load({ replaces }: { replaces: number | undefined }): Promise<Loaded> {
    this.loads++;
    return { id: replaces ?? this.loads, servers: this.servers, problems: [] };
  }

  async explain() {
    return { auth: auth(header()), problems: [] };
  }

  async close() {
    this.closed++;
  }

  async connect(): Promise<Session> {
    this.connects++;
    const next = await this.attempts.shift();
    if (next && "listTools" in next) return next;
    throw next ?? new Error("no more attempts");
  }
}
