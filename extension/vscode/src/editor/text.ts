/** Places in a text, as the core counts them: lines and UTF-16 columns from 1. No vscode here. */

export interface Place {
  line: number;
  column: number;
}

/** A stretch of a text; the end is not in it. A core's Span is one. */
export interface Stretch {
  from: Place;
  to: Place;
}

/** Where a place is in a text. A place behind the end is the end. */
export function offsetOf(text: string, { line, column }: Place): number {
  let start = 0;
  for (let i = 1; i < line; i++) {
    const end = text.indexOf("\n", start);
    if (end < 0) return text.length;
    start = end + 1;
  }
  return Math.min(start + Math.max(column - 1, 0), text.length);
}

export function placeOf(text: string, offset: number): Place {
  const before = text.slice(0, offset);
  return { line: before.split("\n").length, column: offset - before.lastIndexOf("\n") };
}

export function stretchOf(text: string, start: number, end: number): Stretch {
  return { from: placeOf(text, start), to: placeOf(text, end) };
}

/** Whether a place is in a stretch, or just behind it, where a cursor still belongs to it. */
export function touches({ from, to }: Stretch, place: Place): boolean {
  return !isBefore(place, from) && !isBefore(to, place);
}

export function meets(a: Stretch, b: Stretch): boolean {
  return !isBefore(a.to, b.from) && !isBefore(b.to, a.from);
}

function isBefore(a: Place, b: Place): boolean {
  return a.line < b.line || (a.line === b.line && a.column < b.column);
}

/** The end of the token that begins here: of a quoted text, or else of what pattern takes. */
export function tokenEnd(text: string, start: number, pattern: RegExp): number {
  const quoted = /^"(?:[^"\\\r\n]|\\.)*"|^'[^'\r\n]*'/.exec(text.slice(start));
  return start + ((quoted ?? pattern.exec(text.slice(start)))?.[0].length ?? 0);
}

/** A value without quotes goes to the end of its line, or to a comment. */
export const VALUE = /^[^\r\n]*?(?=\s+#|\s*(?:[\r\n]|$))/;
/** A key without quotes. */
export const KEY = /^[^\s"'.,:=#[\]{}]+/;
