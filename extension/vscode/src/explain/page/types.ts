/** What the host tells the page of the Explain view: plain values, that the page shows as text and never as HTML. */

/** How something stands: it is always said in words as well. */
export type Tone = "plain" | "lost" | "won" | "bad";

/** A place of a file that can be opened: to is what the page sends back. */
export interface Link {
  text: string;
  to: number;
}

/** One step from the entry to the outcome. */
export interface Step {
  word: string;
  tone: Tone;
  text: string;
  more: string;
  at?: Link | undefined;
}

export interface Cell {
  text: string;
  tone?: Tone;
  /** Whether it is from a file or the wire, letter by letter. */
  code?: boolean;
  more?: string[];
  at?: Link | undefined;
}

export interface Table {
  caption: string;
  columns: string[];
  /** The first cell of a row is its heading. */
  rows: Cell[][];
}

export interface Section {
  heading: string;
  text: Cell[];
  steps?: Step[];
  table?: Table;
}

export interface Page {
  title: string;
  sections: Section[];
  /** What a screen reader says when it changes. */
  status: string;
  /** How an Open button is called: {0} is the place. */
  open: string;
}

/** What the page says to the host: that it can be told, or that a Link was chosen. */
export type Said = { ready: true } | { open: number };
