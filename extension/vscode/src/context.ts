/**
 * The one object that an activated extension is. How the extension is built:
 *
 * node.ts and web.ts are the entries; each makes a {@link Host} and calls start (extension.ts), which makes the Context
 * out of VS Code's API and hands it to every feature of features.ts. There is no module state: what lives, lives in the
 * Context or in what a feature gave to `own`, and goes when the extension does.
 *
 * A feature is a folder with an index.ts that exports one function of type {@link Feature}. There it registers its
 * commands and views, whose titles are in package.json and package.nls.json. Files that import "vscode" only show and
 * ask; what they show is made in files beside them that do not, and are tested without an editor (test/, with test/fake.ts).
 * What can be decided is decided in the core. Texts go through `t` of @vscode/l10n, which works in tests too.
 *
 *   base/     events, clock, storage, log: narrow shapes of VS Code's things
 *   core/     the core: loaded when it is first asked for
 *   model/    configuration files, their entries and what became of connecting
 *   files/    finds and watches the files
 *   servers/  the Servers view, its commands, the question "which server?"
 *   trust/    asks whether an entry may act       inputs/   asks for what a configuration wants of a person
 *   signin/   browser sign-in and where sign-ins are kept
 *   editor/   diagnostics, hover, lenses          explain/  trace/  tools/  the webviews
 *   agent/    servers for VS Code's own agent
 */
import type { AskAgreement, Prompter } from "headfast";
import type * as vscode from "vscode";
import type { Clock } from "./base/clock.js";
import type { Disposable, Event } from "./base/emitter.js";
import type { Log } from "./base/log.js";
import type { Memento, Secrets } from "./base/storage.js";
import type { Trace } from "./core/client.js";
import type { CoreService } from "./core/service.js";
import type { Host } from "./host.js";
import type { Configurations } from "./model/configurations.js";
import type { SessionOptions } from "./model/entry.js";

/** Whether the person trusts the folder. Without that nothing is sent, started or expanded. */
export interface Trust {
  readonly trusted: boolean;
  readonly onDidGrant: Event<void>;
}

/** Who asks the person what the core wants to know: each is set by the feature whose it is. */
export interface Askers {
  /** Whether an entry of a project's file may act; without it, none may. */
  agree?: AskAgreement;
  /** What a configuration wants of a person; without it, nothing is answered. */
  prompt?: Prompter;
}

export interface Context {
  readonly host: Host;
  readonly core: CoreService;
  /** The configuration files with their entries; an entry connects, and says what came of it. */
  readonly configurations: Configurations;
  readonly askers: Askers;
  /** What features give to every session, such as who answers a server's questions. */
  readonly sessionOptions: SessionOptions[];
  readonly trust: Trust;
  /** Secrets; things of the person; things of this folder. */
  readonly secrets: Secrets;
  readonly memory: Memento;
  readonly folderMemory: Memento;
  /** Every exchange with every server, as it happens. */
  readonly onTrace: Event<Trace>;
  readonly log: Log;
  readonly clock: Clock;
  /** Has something disposed of with the extension, the last first. */
  own<T extends Disposable>(thing: T): T;
}

/** Adds itself to the extension. `editor` is VS Code's own context, for extensionUri and the like. */
export type Feature = (context: Context, editor: vscode.ExtensionContext) => void;
