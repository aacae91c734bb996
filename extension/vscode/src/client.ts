import type { ExtensionContext } from "vscode";

/** MCP's clientInfo. */
export function client(context: ExtensionContext): { name: string; title: string; version: string } {
  const { name, displayName, version } = context.extension.packageJSON as Record<string, string>;
  return { name: `${name}-vscode`, title: `${displayName} for VS Code`, version: `${version}` };
}
