import type { AccountStore } from "./account-store.js";
import { Children } from "./children.js";
import { Clock } from "./clock.js";
import { CODE_USAGE, HeadfastError, defect, reason, text } from "./errors.js";
import { Exchanges } from "./exchanges.js";
import { failure } from "./http.js";
import type { HttpDriver } from "./http.js";
import type { Instance } from "./instance.js";
import { Intake } from "./intake.js";
import { FAIL_UNSUPPORTED, SCHEMA_HASH, VERSION, decodeOutput, encodeBatch } from "./msg.gen.js";
import type { Begin, Effect, Hello, Input, Output } from "./msg.gen.js";
import { Writer, decode } from "./pack.js";
import type { ProcessDriver } from "./processes.js";
import type { Signer } from "./signer.js";
import { SignIns } from "./signin.js";
import type { SignInHost } from "./signin-host.js";
import { Signing } from "./signing.js";
import { Stores } from "./stores.js";
import type { Files } from "./stores.js";
import type { TrustStore } from "./trust.js";

/** What stands for the process's environment; undefined is "not set". */
export type Env = (name: string) => string | undefined | Promise<string | undefined>;

/** What a driver needs from its surroundings. */
export interface DriverOptions {
  http: HttpDriver;
  /** Without one, every Spawn is answered by an End of kind "unsupported". */
  processes?: ProcessDriver | undefined;
  env: Env;
  files?: Files | undefined;
  accounts: AccountStore;
  trust: TrustStore;
  /** Without one, every Open and Await is answered with a failure of kind "unsupported". */
  signIn?: SignInHost | undefined;
  signer: Signer;
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
  private readonly stores: Stores;
  private readonly signIns: SignIns;
  private readonly signing: Signing;
  private readonly clock: Clock;
  private scheduled = false;
  private waiting: (() => void)[] = [];
  private ended: HeadfastError | undefined;

  constructor(
    private readonly instance: Instance,
    private readonly options: DriverOptions,
  ) {
    const push = (input: Input): void => this.push(input);
    const { http, processes, env, files, accounts, trust } = options;
    this.signing = new Signing(options.signer, push);
    this.exchanges = new Exchanges(http, push, (proof) => this.signing.prove(proof));
    this.children = new Children({ processes, env, push, stepped: () => this.stepped() });
    this.stores = new Stores({ env, files, accounts, trust, push });
    this.signIns = new SignIns(options.signIn, push);
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
    this.giveUp();
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
    else if (effect.abort !== undefined) this.abort(effect.abort.id);
    else if (effect.spawn !== undefined) this.children.start(effect.spawn);
    else if (effect.write !== undefined) this.children.write(effect.write);
    else if (effect.stop !== undefined) this.children.stop(effect.stop);
    else if (effect.get !== undefined) this.stores.get(effect.get);
    else if (effect.put !== undefined) this.stores.put(effect.put);
    else if (effect.lock !== undefined) this.stores.lock(effect.lock);
    else if (effect.unlock !== undefined) this.stores.unlock(effect.unlock.id);
    else if (effect.await !== undefined) this.signIns.await(effect.await);
    else if (effect.reply !== undefined) this.signIns.reply(effect.reply);
    else if (effect.open !== undefined) this.signIns.open(effect.open);
    else if (effect.sign !== undefined) this.signing.sign(effect.sign);
    else if (effect.unknown !== undefined) this.refuse(effect.unknown.id, effect.unknown.name);
    else this.options.onEffect(effect);
  }

  /** The core has one number for each thing under way, so that only one of these knows it. */
  private abort(id: number): void {
    this.exchanges.abort(id);
    this.stores.abort(id);
    this.signIns.abort(id);
  }

  /** A newer core's effect: it is answered if it can be told which one it is. */
  private refuse(id: number | undefined, name: string): void {
    if (id === undefined) return;
    this.push({ end: { id, failure: failure(FAIL_UNSUPPORTED, `unknown effect ${name}`, false) } });
  }

  /** fail ends everything because of what was thrown, and returns the one error that all will see. */
  private fail(thrown: unknown): HeadfastError {
    const why = thrown instanceof HeadfastError ? thrown : defect("The boundary broke", text(thrown), thrown);
    this.instance.kill(why.message, why);
    this.finish(why);
    this.giveUp();
    return why;
  }

  /** giveUp answers all that is under way, and gives back what it holds. */
  private giveUp(): void {
    this.exchanges.close();
    this.children.close();
    this.stores.close();
    this.signIns.close();
    this.signing.close();
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
