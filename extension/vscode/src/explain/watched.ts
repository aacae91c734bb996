/** What the view shows of one server, also when its file has changed. */
import { t } from "@vscode/l10n";
import type { Context } from "../context.js";
import { toProblem } from "../core/problem.js";
import type { Entry } from "../model/entry.js";
import { type Made, makeNotice, makePage } from "./sections.js";

/** A server by its file and name: the entries themselves are made anew with their file. */
export interface Watched {
  uri: string;
  name: string;
}

export function find({ configurations }: Pick<Context, "configurations">, { uri, name }: Watched): Entry | undefined {
  return configurations.entries.find((entry) => entry.uri === uri && entry.server.name === name);
}

export async function explain(context: Pick<Context, "configurations" | "trust">, watched: Watched): Promise<Made> {
  const entry = find(context, watched);
  if (!entry) return makeNotice(watched.name, gone());
  if (!context.trust.trusted) return makePage(entry, undefined);
  try {
    return makePage(entry, await entry.core.explain(entry.config, entry.server.name, "", ["all"]));
  } catch (error) {
    return makeNotice(watched.name, toProblem(error));
  }
}

function gone(): ReturnType<typeof toProblem> {
  const where = { file: "", line: 0, column: 0 };
  return { code: "", title: t("It is not there any more"), body: t("The file has no server of this name now."), hint: t("Choose another in the Servers view."), where };
}
