import { HeadfastError } from "./errors.js";
import { guarded } from "./emitter.js";
import { fromJson, toJson } from "./json.js";
import type { Json, Notification, Progress } from "./mcp.js";
import type { Done, Gap, Message, Request } from "./msg.gen.js";
import type { Pending } from "./pending.js";
import type { ListenFilter, ListenOptions, MessageListener, RequestOptions, WarningListener } from "./types.js";

const PROGRESS = "notifications/progress";

interface Listening {
  onMessage: MessageListener;
  onGap: ((gap: Gap) => void) | undefined;
}

/** Calls are what a session has under way, and who is told of what belongs to one of them. */
export class Calls {
  private readonly progress = new Map<number, (progress: Progress) => void>();
  private readonly listening = new Map<number, Listening>();

  constructor(
    private readonly session: number,
    private readonly pending: Pending,
  ) {}

  /** request sends one request; `all` follows a list's pages to the end. */
  async request(
    method: string, params: Json | undefined, options: RequestOptions, all: boolean,
  ): Promise<Json | undefined> {
    const id = this.pending.id();
    const { onProgress, signal, onWarning, timeoutMs = 0, fresh = false, logLevel = "" } = options;
    const request: Request = {
      id, method, all, timeoutMs, fresh, logLevel,
      session: this.session,
      params: toJson(params),
      progress: onProgress !== undefined,
    };
    if (onProgress !== undefined) this.progress.set(id, onProgress);
    try {
      return resultOf(await this.pending.request(id, { request }, signal), onWarning);
    } finally {
      this.progress.delete(id);
    }
  }

  /** notify resolves when the server has taken the notification. */
  async notify(method: string, params: Json | undefined): Promise<void> {
    const id = this.pending.id();
    await this.pending.request(id, { notify: { id, session: this.session, method, params: toJson(params) } });
  }

  /** listen resolves when the server ends it, and when we do. */
  async listen(filter: ListenFilter, onMessage: MessageListener, { signal, onGap }: ListenOptions): Promise<void> {
    const id = this.pending.id();
    const { tools = false, prompts = false, resources = false, uris = [], tasks = [] } = filter;
    const listen = { id, session: this.session, tools, prompts, resources, uris: uris, tasks };
    this.listening.set(id, { onMessage, onGap });
    try {
      await this.pending.request(id, { listen }, signal);
    } catch (e) {
      if (!(e instanceof HeadfastError && e.outcome === "cancelled")) throw e;
    } finally {
      this.listening.delete(id);
    }
  }

  /** message passes on what belongs to a call and returns true; else it is the session's. */
  message(message: Message): boolean {
    const listening = this.listening.get(message.request);
    if (listening !== undefined) {
      guarded(listening.onMessage, notification(message));
      return true;
    }
    if (message.method !== PROGRESS) return false;
    const listener = this.progress.get(message.request);
    if (listener !== undefined) guarded(listener, notification(message).params as unknown as Progress);
    return true;
  }

  gap(gap: Gap): void {
    const listener = this.listening.get(gap.request)?.onGap;
    if (listener !== undefined) guarded(listener, gap);
  }
}

/** resultOf is a Done's result as JSON; its warnings are told first. */
export function resultOf(done: Done, onWarning: WarningListener | undefined): Json | undefined {
  warn(done, onWarning);
  return fromJson(done.result);
}

/** warn tells of a Done's warnings. */
export function warn(done: Done, onWarning: WarningListener | undefined): void {
  if (onWarning !== undefined) for (const problem of done.problems) guarded(onWarning, problem);
}

export function notification({ method, params }: Message): Notification {
  return { method, params: fromJson(params) };
}
