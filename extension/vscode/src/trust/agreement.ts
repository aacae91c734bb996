/** What a person is asked before an entry of a project's file may act, as text. */
import { t } from "@vscode/l10n";
import type { Agreement } from "headfast";

/** A question with more lines than this, or a longer text, may be out of sight at its end. */
const LINES = 16;
const CHARACTERS = 1200;

export interface Question {
  /** Who asks, and why. */
  message: string;
  /** All that the entry would do: nothing is left out. */
  detail: string;
  /** Whether the detail is too long for a dialog. */
  long: boolean;
}

export function question({ server, where, facts, changed }: Agreement): Question {
  const who = t('May "{0}" at {1} act?', visible(server), `${visible(where.file)}:${where.line}`);
  const why = changed
    ? t("It is not what you agreed to any more. What is new has a +, what is gone a -.")
    : t("It was found in a project's folder, and may be anybody's. If you agree, it may do this until it changes:");
  const lines = facts.map(({ name, text, state }) => `${mark(state, changed)}${visible(name)}: ${visible(text)}`);
  const odd = facts.some(({ text }) => /[^\x20-\x7e]/.test(text));
  const warning = odd ? t("It has characters that are not ASCII, and may look like others.") : "";
  const detail = [why, lines.join("\n"), warning].filter(Boolean).join("\n\n");
  return { message: who, detail, long: lines.length > LINES || detail.length > CHARACTERS };
}

function mark(state: string, changed: boolean): string {
  if (!changed) return "";
  return { new: "+ ", gone: "- " }[state] ?? "  ";
}

/** A text of a file in one line, in which every character is to be seen: none that ends a line, turns it round or hides. */
export function visible(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, (c) => `\\u{${(c.codePointAt(0) ?? 0).toString(16)}}`);
}
