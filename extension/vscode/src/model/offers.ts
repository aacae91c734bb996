/** What a connected server offers. */
import type { Prompt, Resource, SessionClient, Tool } from "../core/client.js";

export interface Offers {
  tools: Tool[];
  prompts: Prompt[];
  resources: Resource[];
}

/** Lists everything. Prompts and resources are asked for only where the server says that it has them. */
export async function offersOf(session: SessionClient): Promise<Offers> {
  const [tools, prompts, resources] = await Promise.all([
    session.listTools(),
    says(session, "prompts") ? session.listPrompts() : [],
    says(session, "resources") ? session.listResources() : [],
  ]);
  return { tools, prompts, resources };
}

/** The list that a notification says has changed; undefined for another notification, and where it cannot be had. */
export async function listOf(session: SessionClient, method: string): Promise<Partial<Offers> | undefined> {
  try {
    if (method === "notifications/tools/list_changed") return { tools: await session.listTools() };
    if (method === "notifications/prompts/list_changed") return { prompts: await session.listPrompts() };
    if (method === "notifications/resources/list_changed") return { resources: await session.listResources() };
  } catch {
    // What was listed before stays: the next request that fails says why.
  }
  return undefined;
}

function says(session: SessionClient, what: string): boolean {
  const greeting = session.greeting as { capabilities?: Record<string, unknown> } | undefined;
  return greeting?.capabilities?.[what] !== undefined;
}
