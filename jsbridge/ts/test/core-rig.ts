import { Core } from "../src/client.js";
import type { CoreOptions } from "../src/client.js";
import { Instance } from "../src/instance.js";
import type { Ask, Batch, Done, Effect, Error as Reason, Input, Stored } from "../src/msg.gen.js";
import { FakeCore, turns } from "./fake.js";

const NOTHING = new Uint8Array(0);
const utf8 = new TextEncoder();

/** json is a value as it crosses the boundary. */
export function json(value: unknown): Uint8Array {
  return utf8.encode(JSON.stringify(value));
}

/** parsed is what a value that crossed says. */
export function parsed(bytes: Uint8Array | undefined): unknown {
  return bytes === undefined || bytes.length === 0 ? undefined : JSON.parse(new TextDecoder().decode(bytes));
}

export function done(id: number, part: Partial<Done> = {}): Effect {
  return { done: { id, outcome: "result", result: json({}), problems: [], cached: false, ...part } };
}

export function ask(id: number, session: number, method: string, params?: unknown): Effect {
  const ask: Ask = { id, session, request: 0, server: "rig", method, params: params === undefined ? NOTHING : json(params) };
  return { ask };
}

export function message(session: number, request: number, method: string, params?: unknown): Effect {
  return { message: { session, request, method, params: params === undefined ? NOTHING : json(params) } };
}

export function problem(code: string, severity = "warning"): Reason {
  return {
    code, severity, party: "server", title: code, body: "", hint: "", server: "", url: "", status: 0,
    where: { file: "", line: 0, column: 0 }, rpcCode: 0, rpcData: NOTHING,
  };
}

/** told is what a Stored says, in short. */
export function told(stored: Stored): unknown[] {
  return [stored.id, stored.found, stored.value, stored.failure?.kind ?? ""];
}

/** CoreRig is a core whose module is a fake: it answers connect and close, and the rest as the test says. */
export class CoreRig {
  readonly fake: FakeCore;
  readonly core: Core;
  /** Effects that the next step answers. */
  private next: Effect[] = [];

  constructor(answer: (input: Input) => Effect[] = () => [], options: Partial<CoreOptions> = {}) {
    this.fake = new FakeCore((batch) => ({ effects: this.effects(batch, answer) }));
    this.core = Core.over(new Instance(this.fake), {
      http: { send: () => undefined, close: () => undefined },
      env: () => undefined,
      client: { name: "n", title: "t", version: "1" },
      ...options,
    });
  }

  /** Every input of one kind. */
  of<K extends keyof Input>(kind: K): NonNullable<Input[K]>[] {
    return this.fake.inputs.flatMap((input) => (input[kind] === undefined ? [] : [input[kind] as NonNullable<Input[K]>]));
  }

  /** tell has the core answer these effects in a step of its own. */
  async tell(...effects: Effect[]): Promise<void> {
    this.next.push(...effects);
    this.core["driver"].push({ cancel: { id: 0, reason: "" } });
    await turns();
  }

  private effects(batch: Batch, answer: (input: Input) => Effect[]): Effect[] {
    const effects = this.next.splice(0);
    for (const input of batch.inputs) effects.push(...(known(input) ?? answer(input)));
    return effects;
  }
}

function known({ connect, close }: Input): Effect[] | undefined {
  const id = connect?.id ?? close?.id;
  return id === undefined ? undefined : [done(id)];
}
