/** What is used of VS Code's LogOutputChannel. No secret goes there. */
export interface Log {
  debug(text: string): void;
  info(text: string): void;
  warn(text: string): void;
  error(text: string): void;
}
