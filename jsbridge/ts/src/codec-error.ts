/** Why bytes are no message, or a value cannot become bytes. */
export type CodecErrorCode =
  | "truncated" // the bytes end inside a value
  | "trailing" // bytes after the value
  | "type" // another MessagePack type than the schema's
  | "range" // a number that the field, or a JavaScript number, cannot hold
  | "limit" // more elements or bytes than the schema allows
  | "depth" // an unknown value nested too deep
  | "duplicate" // a key twice in one map
  | "utf8" // a string that is not UTF-8
  | "union"; // not exactly one member

/** The one error that the codec throws. */
export class CodecError extends Error {
  override readonly name = "CodecError";

  /**
   * @param code - what is wrong
   * @param offset - where: bytes from the start of the buffer read or written
   * @param detail - the facts, for people
   */
  constructor(
    readonly code: CodecErrorCode,
    readonly offset: number,
    detail: string,
  ) {
    super(`${code} at byte ${offset}: ${detail}`);
  }
}
