import { Children } from "./children.js";
import { Clock } from "./clock.js";
import { CODE_USAGE, HeadfastError, defect, reason, text } from "./errors.js";
import { Exchanges } from "./exchanges.js";
import { failure } from "./http.js";
import type { HttpDriver } from "./http.js";
import type { Instance } from "./instance.js";
import { Intake } from "./intake.js";
import { FAIL_UNSUPPORTED, SCHEMA_HASH, VERSION, decodeOutput, encodeBatch } from "./msg.gen.js";
import type { Begin, Effect, Get, Hello, Input, Output } from "./msg.gen.js";
import { Writer, decode } from "./pack.js";
import type { ProcessDriver } from "./processes.js";

/** What stands for the process's environment; undefined is "not set". */
export type Env = (name: string) => string | undefined | Promise<string | undefined>;

/** What a driver needs from its surroundings. */
export interface DriverOptions {
  http: HttpDriver;
  /** Without one, every Spawn is answered by an End of kind "unsupported". */
  processes?: ProcessDriver | undefined;
  env: Env;
  /** Told of every effect that is for people or callers: done, loaded, state, message, ask, trace and their like. */
  onEffect: (effect: Effect) => void;
  /** Told once, when the driver is closed or the core has died. Nothing comes after it. */
  onEnd: (why: HeadfastError) => void;
}

/**
 * Driver performs the core's effects. Intake is strictly sequential: whatever is pushed in one turn is
 * one batch, stepped in a microtask of its own, never inside another step.
 */
export class Driver {
  private readonly intake = new Intake();
  private readonly writer = new Writer(4096);
  private readonly exchanges: Exchanges;
  private readonly children: Children;
  private readonly clock: Clock;
  private scheduled = false;
  private waiting: (() => void)[] = [];
  private ended: HeadfastError | undefined;

  constructor(
    private readonly instance: Instance,
    private readonly options: DriverOptions,
  ) {
    const push = (input: Input): void => this.push(input);
    const { http, processes, env } = options;
    this.exchanges = new Exchanges(http, push);
    this.children = new Children({ processes, env, push, stepped: () => this.stepped() });
    this.clock = new Clock(() => this.schedule());
  }

  /**
   * greet is the first step of all.
   *
   * @throws HeadfastError HF900 if the core speaks another version or another schema than this side.
   */
  greet(begin: Omit<Begin, "version" | "schema" | "entropy">): Hello {
    const entropy = crypto.getRandomValues(new Uint8Array(32));
    const input: Input = { begin: { ...begin, version: VERSION, schema: SCHEMA_HASH, entropy } };
    try {
      const output = this.step([input]);
      const hello = checkHello(output);
      this.perform(output);
      return hello;
    } catch (e) {
      throw this.fail(e);
    }
  }

  /** push queues one input. After the end it does nothing: whoever waits has been told. */
  push(input: Input): void {
    if (this.ended !== undefined) return;
    this.intake.push(input);
    this.schedule();
  }

  /** Why the driver takes no more; undefined while it runs. */
  get end(): HeadfastError | undefined {
    return this.ended;
  }

  /** close aborts what is under way, lets the core see the Ends, and says goodbye. */
  close(): void {
    if (this.ended !== undefined) return;
    this.exchanges.close();
    this.children.close();
    this.flush();
    this.finish(new HeadfastError(reason(CODE_USAGE, "caller", "The core was closed")));
  }

  /** stepped resolves when all that was pushed until now has been stepped, and at the end. */
  private stepped(): Promise<void> {
    if (this.ended !== undefined || this.intake.empty) return Promise.resolve();
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  private release(): void {
    const waiting = this.waiting;
    this.waiting = [];
    for (const resolve of waiting) resolve();
  }

  private schedule(): void {
    if (this.scheduled || this.ended !== undefined) return;
    this.scheduled = true;
    queueMicrotask(() => {
      this.scheduled = false;
      this.flush();
    });
  }

  private flush(): void {
    if (this.ended !== undefined) return;
    try {
      const output = this.step(this.intake.take());
      if (this.intake.empty) this.release();
      this.perform(output);
      if (!this.intake.empty) this.schedule();
    } catch (e) {
      this.fail(e);
    }
  }

  private step(inputs: Input[]): Output {
    encodeBatch(this.writer, { now: this.clock.now(), wall: Date.now(), inputs });
    const output = decode(decodeOutput, this.instance.step(this.writer.take()));
    if (output.error !== undefined) throw new HeadfastError(output.error);
    return output;
  }

  private perform(output: Output): void {
    for (const effect of output.effects) this.performOne(effect);
    if (this.ended === undefined) this.clock.arm(output.deadline);
  }

  private performOne(effect: Effect): void {
    if (effect.http !== undefined) this.exchanges.start(effect.http);
    else if (effect.abort !== undefined) this.exchanges.abort(effect.abort.id);
    else if (effect.spawn !== undefined) this.children.start(effect.spawn);
    else if (effect.write !== undefined) this.children.write(effect.write);
    else if (effect.stop !== undefined) this.children.stop(effect.stop);
    else if (effect.get !== undefined) this.answer(effect.get);
    else if (effect.unknown !== undefined) this.refuse(effect.unknown.id, effect.unknown.name);
    else this.options.onEffect(effect);
  }

  /** A newer core's effect: it is answered if it can be told which one it is. */
  private refuse(id: number | undefined, name: string): void {
    if (id === undefined) return;
    this.push({ end: { id, failure: failure(FAIL_UNSUPPORTED, `unknown effect ${name}`, false) } });
  }

  /** Every Get has exactly one Stored; whoever cannot look has not found. */
  private answer(get: Get): void {
    const settle = (value: string | undefined): void =>
      this.push({ stored: { id: get.id, found: value !== undefined, value: value ?? "" } });
    try {
      const value = get.store === "env" ? this.options.env(get.key) : undefined;
      if (value instanceof Promise) value.then(settle, () => settle(undefined));
      else settle(value);
    } catch {
      settle(undefined);
    }
  }

  /** fail ends everything because of what was thrown, and returns the one error that all will see. */
  private fail(thrown: unknown): HeadfastError {
    const why = thrown instanceof HeadfastError ? thrown : defect("The boundary broke", text(thrown), thrown);
    this.instance.kill(why.message, why);
    this.finish(why);
    this.exchanges.close();
    this.children.close();
    return why;
  }

  private finish(why: HeadfastError): void {
    if (this.ended !== undefined) return;
    this.ended = why;
    this.clock.stop();
    this.intake.clear();
    this.release();
    this.options.onEnd(why);
  }
}

function checkHello(output: Output): Hello {
  const hello = output.hello;
  if (hello === undefined) throw defect("The core did not greet", "its first output has no hello");
  if (hello.version === VERSION && hello.schema === SCHEMA_HASH) return hello;
  throw defect(
    "The module and this package do not belong together",
    `module: version ${hello.version}, schema ${hello.schema}, ${hello.build}; ` +
      `package: version ${VERSION}, schema ${SCHEMA_HASH}`,
  );
}
