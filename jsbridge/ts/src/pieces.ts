/** No piece of a response or of a process's output that crosses is longer: the schema bounds byte fields. */
export const PIECE = 65_536;
