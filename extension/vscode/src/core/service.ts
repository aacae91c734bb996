/** The one core of the window. */
import type { CoreClient } from "./client.js";

/** CoreService opens the core when it is first asked for: the module is large, and most windows need none. */
export class CoreService {
  #core: Promise<CoreClient> | undefined;
  #closed = false;

  constructor(private readonly open: () => Promise<CoreClient>) {}

  /** The core. After a failure, and where it has died, the next call opens another: compare what you get to tell. */
  async get(): Promise<CoreClient> {
    if (this.#closed) throw new Error("the extension has been closed");
    const core = await (this.#core ??= this.#opened());
    if (core.ended === undefined) return core;
    this.#core = undefined;
    return this.get();
  }

  async close(): Promise<void> {
    this.#closed = true;
    const core = await this.#core?.catch(() => undefined);
    await core?.close();
  }

  async #opened(): Promise<CoreClient> {
    try {
      return await this.open();
    } catch (error) {
      this.#core = undefined;
      throw error;
    }
  }
}
