/** How a person is asked for what a configuration wants (`${input:id}`). */
import { t } from "@vscode/l10n";
import type { Prompter, Question } from "headfast";

/** What of InputBoxOptions is used. */
export interface InputBox {
  title: string;
  prompt: string;
  value: string;
  password: boolean;
  ignoreFocusLost: boolean;
}

/** What of QuickPickOptions is used. */
export interface QuickPick {
  title: string;
  placeHolder: string;
  ignoreFocusLost: boolean;
}

/** What of vscode.window is used, each with the signal that closes it. */
export interface Dialogs {
  input(options: InputBox, signal: AbortSignal): PromiseLike<string | undefined>;
  pick(items: string[], options: QuickPick, signal: AbortSignal): PromiseLike<string | undefined>;
}

/** prompter asks in a box, or in a list where there are options; the default is what stands in it, or comes first. */
export function prompter(dialogs: Dialogs): Prompter {
  return async (question, { signal }) => {
    const title = `${question.server}: ${question.input}`;
    const words = [question.description, goal(question)].filter((text) => text !== "").join(" — ");
    if (question.options.length === 0) {
      const { default: value, secret: password } = question;
      return dialogs.input({ title, prompt: words, value, password, ignoreFocusLost: true }, signal);
    }
    const first = question.options.filter((option) => option === question.default);
    const rest = question.options.filter((option) => option !== question.default);
    return dialogs.pick([...first, ...rest], { title, placeHolder: words, ignoreFocusLost: true }, signal);
  };
}

function goal({ origin }: Question): string {
  return origin === "" ? t("It is for the process that is started.") : t("It goes only to {0}.", origin);
}
