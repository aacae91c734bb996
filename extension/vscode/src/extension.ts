/** Makes the Context out of VS Code's API, and adds every feature to it. */
import * as l10n from "@vscode/l10n";
import * as vscode from "vscode";
import { systemClock } from "./base/clock.js";
import { type Disposable, Emitter } from "./base/emitter.js";
import type { Askers, Context } from "./context.js";
import type { Trace } from "./core/client.js";
import { CoreService } from "./core/service.js";
import { features } from "./features.js";
import { where } from "./files/disk.js";
import { watch } from "./files/watch.js";
import type { Host } from "./host.js";
import { Configurations } from "./model/configurations.js";
import type { SessionOptions } from "./model/entry.js";
import { showPage } from "./signin/page.js";
import { traceLine } from "./trace/line.js";
import { MementoTrust } from "./trust/store.js";

export function start(editor: vscode.ExtensionContext, host: Host): void {
  if (vscode.l10n.bundle) l10n.config({ contents: vscode.l10n.bundle });
  const context = contextOf(editor, host);
  context.own(watch(context));
  for (const feature of features) feature(context, editor);
}

function contextOf(editor: vscode.ExtensionContext, host: Host): Context {
  const own = <T extends Disposable>(thing: T): T => {
    editor.subscriptions.unshift(thing);
    return thing;
  };
  const log = own(vscode.window.createOutputChannel("Headfast", { log: true }));
  const traces = own(new Emitter<Trace>());
  const askers: Askers = {};
  const core = new CoreService(() =>
    host.open({
      client: client(editor),
      secrets: editor.secrets,
      memory: editor.globalState,
      trace: (line) => traces.fire(line),
      print: (text) => log.error(text),
      showPage,
      trust: new MementoTrust(editor.globalState),
      agree: (agreement, asking) => askers.agree?.(agreement, asking) ?? false,
      prompt: (asked, asking) => askers.prompt?.(asked, asking),
    }),
  );
  traces.event((line) => log.debug(traceLine(line)));
  own({ dispose: () => void core.close() });
  const trust = { get trusted() { return vscode.workspace.isTrusted; }, onDidGrant: vscode.workspace.onDidGrantWorkspaceTrust };
  const sessionOptions: SessionOptions[] = [];
  const configurations = own(
    new Configurations({ core, os: host.os, where: () => where(host), trusted: () => trust.trusted, options: sessionOptions, log }),
  );
  return {
    host, core, configurations, askers, sessionOptions, trust, log, own,
    secrets: editor.secrets, memory: editor.globalState, folderMemory: editor.workspaceState,
    onTrace: traces.event, clock: systemClock,
  };
}

/** MCP's clientInfo. */
function client(editor: vscode.ExtensionContext): { name: string; title: string; version: string } {
  const { name, displayName, version } = editor.extension.packageJSON as Record<string, string>;
  return { name: `${name}-vscode`, title: `${displayName} for VS Code`, version: `${version}` };
}
